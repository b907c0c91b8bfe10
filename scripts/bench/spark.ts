/** `deno task bench:spark`: how fast a Spark server cleans events, beside this machine. */
import { Command } from "commander";
import { InputError } from "../../src/base/input_error.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { type MeasuredProcess, measureProcess } from "./lib/measure_process.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";
import { simulatedFile } from "./lib/simulated_file.ts";
import type { Cleaning } from "./lib/speed/clean_once.ts";

const HERE = new URL("./lib/speed/clean_once.ts", import.meta.url).pathname;
const ON_SPARK = new URL("./lib/speed/clean_on_spark_once.ts", import.meta.url).pathname;

interface Flags extends ResultFlags {
  readonly master: string;
  readonly rows: number[];
  readonly cores: number;
}

type Run = MeasuredProcess<Cleaning>;

/** The figures that both must agree in. */
const SAME = ["rowsIn", "rowsOut", "cartsCancelled"] as const;

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const measured: BenchRow[] = [];
  for (const rows of flags.rows) measured.push(...await measure(rows, flags, reporter));
  reporter.finish();
  await reportRows(measured, flags);
}

async function measure(rows: number, flags: Flags, reporter: Reporter): Promise<BenchRow[]> {
  const file = await simulatedFile(`data/bench-${rows}.csv`, { events: rows }, reporter);
  const path = await Deno.realPath(file);
  reporter.stage(`Cleaning ${rows} rows here`);
  const here: Run = await measureProcess(Deno.execPath(), ["run", "-A", HERE, path]);
  reporter.stage(`Cleaning ${rows} rows on Spark`);
  const args = ["run", "-A", ON_SPARK, path, flags.master];
  const spark: Run = await measureProcess(Deno.execPath(), args);
  for (const figure of SAME) {
    if (here.output[figure] === spark.output[figure]) continue;
    throw new InputError(
      `Cannot compare the two: both must clean alike, but ${figure} is ${here.output[figure]} ` +
        `here and ${spark.output[figure]} on Spark`,
    );
  }
  const { rowsOut, cartsCancelled } = here.output;
  const options = { rows, rowsOut, cartsCancelled, cores: flags.cores };
  const perCore = ({ seconds }: Run) => rows / seconds / flags.cores;
  return [
    { metric: "seconds", unit: "s", of: ({ seconds }: Run) => seconds },
    { metric: "rows_per_core", unit: "1/s", of: perCore },
    { metric: "peak_memory_here", unit: "MB", of: ({ output }: Run) => output.peakBytes / 1e6 },
  ].map(({ metric, unit, of }) => ({
    bench: "spark",
    name: `clean ${rows} rows`,
    metric,
    value: of(spark),
    unit,
    peer: "this machine",
    peerValue: of(here),
    options,
  }));
}

const wholeNumbers = (text: string): number[] => commaList(text).map(wholeNumber(1));

if (import.meta.main) {
  const command = new Command("deno task bench:spark")
    .description(
      "Measures how fast a Spark server on this machine cleans simulated events, and checks that " +
        "the result is the same; deno task spark:up --real starts one",
    )
    .option("--master <address>", "the server's address", "sc://127.0.0.1:15002")
    .option("--rows <n,...>", "rows of each simulated file", wholeNumbers, [1_000_000, 4_000_000])
    .option("--cores <n>", "cores that both may use", wholeNumber(1), navigator.hardwareConcurrency)
    .action(run);
  await runTask(addResultOptions(command));
}
