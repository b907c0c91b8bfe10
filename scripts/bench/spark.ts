/**
 * `deno task bench:spark`: how fast Spark cleans events, and models are trained with it, by
 * executors, beside this machine.
 */
import { Command } from "commander";
import { InputError } from "../../src/base/input_error.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { freePort } from "../lib/spark/free_port.ts";
import { withServer } from "../lib/spark/run_server.ts";
import { SERVER_FOLDER } from "../lib/spark/server_file.ts";
import { installServer, SPARK } from "../lib/spark/spark_servers.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { type MeasuredProcess, measureProcess } from "./lib/measure_process.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";
import { simulatedFile } from "./lib/simulated_file.ts";
import type { Cleaning } from "./lib/speed/clean_once.ts";
import { trainOnce } from "./lib/speed/train_once.ts";
import { trainingRows, trainOnServer } from "./lib/speed/training_on_spark.ts";

const HERE = new URL("./lib/speed/clean_once.ts", import.meta.url).pathname;
const ON_SPARK = new URL("./lib/speed/clean_on_spark_once.ts", import.meta.url).pathname;

/** What the server prints. */
const LOG = `${SERVER_FOLDER}/bench.log`;

interface Flags extends ResultFlags {
  readonly rows: number[];
  readonly executors: number[];
  readonly executorMemory: number;
  readonly master?: string;
  /** Models to train instead of cleaning, with commas. */
  readonly train?: string;
}

type Run = MeasuredProcess<Cleaning>;

/** The first run on a server compiles Spark's code; the second is what a server that runs takes. */
interface SparkRuns {
  readonly first: Run;
  readonly again: Run;
}

/** The figures that both must agree in. */
const SAME = ["rowsIn", "rowsOut", "cartsCancelled"] as const;

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const measured: BenchRow[] = [];
  if (flags.master === undefined) await installServer(SPARK, reporter.log);
  for (const rows of flags.rows) {
    const file = await simulatedFile(`data/bench-${rows}.csv`, { events: rows }, reporter);
    const path = await Deno.realPath(file);
    const measure = flags.train === undefined ? measureCleaning : measureTraining;
    measured.push(...await measure({ rows, path }, flags, reporter));
  }
  reporter.finish();
  await reportRows(measured, flags);
}

/** Simulated events. */
interface Events {
  readonly rows: number;
  readonly path: string;
}

async function measureCleaning(
  { rows, path }: Events,
  flags: Flags,
  reporter: Reporter,
): Promise<BenchRow[]> {
  reporter.stage(`Cleaning ${rows} rows here`);
  const here: Run = await measureProcess(Deno.execPath(), ["run", "-A", HERE, path]);
  const measured: BenchRow[] = [];
  for (const executors of flags.executors) {
    reporter.stage(`Cleaning ${rows} rows on Spark, with executors: ${executors}`);
    const spark = await onServerOf(flags, executors, (master) => onServer(path, master));
    measured.push(...rowsOf({ rows, executors, memory: flags.executorMemory, here, spark }));
  }
  return measured;
}

async function measureTraining(
  { rows, path }: Events,
  { train: models = "", ...flags }: Flags,
  reporter: Reporter,
): Promise<BenchRow[]> {
  const trained = { file: path, models };
  reporter.stage(`Training on ${rows} rows here`);
  const here = await trainOnce(trained);
  const measured: BenchRow[] = [];
  for (const executors of flags.executors) {
    reporter.stage(`Training on ${rows} rows with Spark, with executors: ${executors}`);
    const spark = await onServerOf(flags, executors, (master) => trainOnServer(trained, master));
    measured.push(...trainingRows({ here, ...spark }, { rows, executors, models }));
  }
  return measured;
}

/** Uses the given server, or one of its own whose executors have one core and some MB each. */
async function onServerOf<Result>(
  { master, executorMemory }: Pick<Flags, "master" | "executorMemory">,
  executors: number,
  use: (master: string) => Promise<Result>,
): Promise<Result> {
  if (master !== undefined) return await use(master);
  await Deno.mkdir(SERVER_FOLDER, { recursive: true });
  const options = {
    port: freePort(),
    log: LOG,
    master: `local-cluster[${executors},1,${executorMemory}]`,
  };
  return await withServer(SPARK, options, use);
}

async function onServer(path: string, master: string): Promise<SparkRuns> {
  const once = (): Promise<Run> =>
    measureProcess(Deno.execPath(), ["run", "-A", ON_SPARK, path, master]);
  const first = await once();
  return { first, again: await once() };
}

interface Compared {
  readonly rows: number;
  readonly executors: number;
  readonly memory: number;
  readonly here: Run;
  readonly spark: SparkRuns;
}

function rowsOf({ rows, executors, memory, here, spark }: Compared): BenchRow[] {
  for (const figure of SAME) {
    if (here.output[figure] === spark.first.output[figure]) continue;
    throw new InputError(
      `Cannot compare the two: both must clean alike, but ${figure} is ${here.output[figure]} ` +
        `here and ${spark.first.output[figure]} on Spark`,
    );
  }
  const { rowsOut, cartsCancelled } = here.output;
  const options = { rows, rowsOut, cartsCancelled, executors, executorMemory: memory };
  const perCore = (seconds: number) => rows / seconds;
  // Here by processor time, since Polars takes all cores; an executor has one.
  const perCoreHere = perCore(here.output.cpuSeconds);
  return [
    { metric: "seconds_first", unit: "s", value: spark.first.seconds, peerValue: here.seconds },
    { metric: "seconds", unit: "s", value: spark.again.seconds, peerValue: here.seconds },
    {
      metric: "rows_per_core",
      unit: "1/s",
      value: perCore(executors * spark.again.seconds),
      peerValue: perCoreHere,
    },
    {
      metric: "peak_memory_here",
      unit: "MB",
      value: Math.max(spark.first.output.peakBytes, spark.again.output.peakBytes) / 1e6,
      peerValue: here.output.peakBytes / 1e6,
    },
  ].map((row) => ({
    bench: "spark",
    name: `clean ${rows} rows, executors: ${executors}`,
    ...row,
    peer: "this machine",
    options,
  }));
}

const wholeNumbers = (text: string): number[] => commaList(text).map(wholeNumber(1));

if (import.meta.main) {
  const command = new Command("deno task bench:spark")
    .description(
      "Measures how fast Spark, on this machine, cleans simulated events with different numbers " +
        "of executors, and checks that the result is the same; or how fast models are trained; " +
        "installs Spark if needed",
    )
    .option("--rows <n,...>", "rows of each simulated file", wholeNumbers, [1_000_000, 4_000_000])
    .option("--executors <n,...>", "executors, of one core each", wholeNumbers, [1, 2])
    .option("--executor-memory <MB>", "memory of each executor", wholeNumber(512), 1024)
    .option("--train <names>", "measure training of these models instead of cleaning")
    .option("--master <address>", "a running server, with the given number of executors")
    .action(run);
  await runTask(addResultOptions(command));
}
