/** `deno task bench:clean`: how fast a month of events is read and cleaned, beside pandas. */
import { Command } from "commander";
import { median } from "../../src/base/statistics.ts";
import { InputError } from "../../src/base/input_error.ts";
import { runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import {
  addPeersOption,
  addResultOptions,
  addRunsOption,
  type ResultFlags,
} from "./lib/bench_options.ts";
import { type MeasuredProcess, measureProcess } from "./lib/measure_process.ts";
import { PANDAS, setUpPeers } from "./lib/peers.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";
import { simulatedFile } from "./lib/simulated_file.ts";
import type { Cleaning } from "./lib/speed/clean_once.ts";

const ONCE = new URL("./lib/speed/clean_once.ts", import.meta.url).pathname;
const PEER = new URL("./peers/clean.py", import.meta.url).pathname;

interface Flags extends ResultFlags {
  readonly events?: string;
  readonly rows: number;
  readonly runs: number;
  readonly withPeers?: boolean;
}

type Run = MeasuredProcess<Cleaning>;

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const { rows } = flags;
  const file = flags.events ??
    await simulatedFile(`data/bench-${rows}.csv`, { events: rows }, reporter);
  if (flags.withPeers) reporter.stage("Setting up pandas");
  const python = flags.withPeers ? await setUpPeers(PANDAS) : undefined;
  const [own, peer] = await alternate(file, { runs: flags.runs, python, reporter });
  reporter.finish();
  await reportRows(toRows(own, peer), flags);
}

/** Alternates between both programs, so that other load on the machine affects both. */
async function alternate(
  file: string,
  { runs, python, reporter }: { runs: number; python?: string; reporter: Reporter },
): Promise<[Run[], Run[]]> {
  const own: Run[] = [];
  const peer: Run[] = [];
  for (let run = 1; run <= runs; run++) {
    reporter.stage(`Cleaning, run ${run} of ${runs}`);
    own.push(await measureProcess(Deno.execPath(), ["run", "-A", ONCE, file]));
    if (python === undefined) continue;
    reporter.stage(`Cleaning with pandas, run ${run} of ${runs}`);
    peer.push(await measureProcess(python, [PEER, file]));
  }
  if (peer.length > 0) checkSameWork(own[0].output, peer[0].output);
  return [own, peer];
}

function checkSameWork(own: Cleaning, peer: Cleaning): void {
  for (const figure of ["rowsIn", "rowsOut", "cartsCancelled", "ratings"] as const) {
    if (own[figure] !== peer[figure]) {
      throw new InputError(
        `Cannot compare with pandas: both must give the same result, but ${figure} is ` +
          `${own[figure]} here and ${peer[figure]} with pandas; malformed rows, which the pandas ` +
          "script doesn't set aside, may be the cause",
      );
    }
  }
}

function toRows(own: readonly Run[], peer: readonly Run[]): BenchRow[] {
  const figures = {
    seconds: { unit: "s", of: ({ seconds }: Run) => seconds },
    cpu_seconds: { unit: "s", of: ({ output }: Run) => output.cpuSeconds },
    peak_memory: { unit: "MB", of: ({ output }: Run) => output.peakBytes / 1e6 },
  };
  const { rowsIn, rowsOut } = own[0].output;
  const options = { rowsIn, rowsOut, runs: own.length, figure: "median" };
  return Object.entries(figures).map(([metric, { unit, of }]) => ({
    bench: "clean",
    name: "read and clean",
    metric,
    value: median(own.map(of)),
    unit,
    ...(peer.length > 0 && { peer: PANDAS.packages[1], peerValue: median(peer.map(of)) }),
    options,
  }));
}

if (import.meta.main) {
  const command = new Command("deno task bench:clean")
    .description(
      "Measures how fast a month of events is read and cleaned, each run in a process of its own",
    )
    .option("--events <file.csv>", "file to clean (default: a simulated month)")
    .option("--rows <n>", "rows of the simulated month", wholeNumber(1), 4_100_000)
    .action(run);
  addPeersOption(addRunsOption(command), "pandas", PANDAS);
  await runTask(addResultOptions(command));
}
