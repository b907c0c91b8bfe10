/**
 * `deno task bench:month`: what users of the program wait for, on a month of a real shop's size:
 * training with all defaults, the first answer, the lists of the default model.
 */
import { Command, InvalidArgumentError } from "commander";
import { currentVersion } from "../../src/artifact/current.ts";
import { sum } from "../../src/base/statistics.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { writeJson } from "../lib/write_json.ts";
import { addPeersOption, addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { type Measured, toRows } from "./lib/http/service_rows.ts";
import { measureProcess } from "./lib/measure_process.ts";
import { measureFirstAnswer } from "./lib/month/first_answer.ts";
import { writeRandomEvents } from "./lib/month/random_events.ts";
import { formatMonth } from "./lib/month/month_table.ts";
import { compareWithPython } from "./lib/month/python_road.ts";
import { measureLists, measureStart } from "./lib/month/serving.ts";
import { PYTHON_ROAD } from "./lib/peers.ts";
import { simulatedFile } from "./lib/simulated_file.ts";
import type { TrainingRun } from "./lib/speed/training_once.ts";

const ONCE = new URL("./lib/speed/training_once.ts", import.meta.url).pathname;

/** As many events as the REES46 cosmetics shop has in October 2019. */
const MONTH_EVENTS = 4_100_000;

/** Those of the month that the README's first command simulates, which the peers train on, too. */
const README_EVENTS = 300_000;

/** Users and products of the RetailRocket data, by event. */
const WIDE_SHOP = { pairs: 2_750_000, users: 1_400_000, items: 235_000 };

/** What can be measured, by name. */
const PARTS = ["train", "train-wide", "lists", "start", "first-answer"] as const;
type Part = typeof PARTS[number];

/** The prefixes and ends of the names of a training's stages, by figure. */
const STAGES: Readonly<Record<string, RegExp>> = {
  clean_seconds: /^Reading and cleaning/,
  validation_seconds: /: validation$/,
  test_seconds: /: test$/,
  final_seconds: /to all interactions$/,
};

const MEGABYTE = 1024 * 1024;

interface Flags extends ResultFlags {
  readonly only: readonly Part[];
  readonly events: number;
  readonly lists: number;
  readonly rounds: number;
  readonly folder: string;
  readonly withPeers?: boolean;
}

async function run(
  { only, events, lists, rounds, folder, withPeers, ...flags }: Flags,
): Promise<void> {
  const reporter = createReporter(flags);
  const artifacts = `${folder}/month-${events}`;
  const shop = { events, file: `${folder}/month-${events}.csv`, artifacts };
  const ensureTrained = async () => {
    if (await currentVersion(artifacts) === undefined) await trainOnMonth(shop, reporter);
  };
  const measure: Record<Part, () => Promise<Measured[]>> = {
    train: async () => [await trainOnMonth(shop, reporter)],
    "train-wide": async () => [await trainOnWideShop(events / MONTH_EVENTS, { folder, reporter })],
    async lists() {
      await ensureTrained();
      return await measureLists(artifacts, lists, reporter);
    },
    async start() {
      await ensureTrained();
      reporter.stage("Starting the service");
      return [await measureStart(artifacts, rounds)];
    },
    "first-answer": async () => {
      reporter.stage("Starting in a fresh clone");
      return [await measureFirstAnswer()];
    },
  };
  const measured: Measured[] = [];
  for (const part of PARTS.filter((part) => only.includes(part))) {
    measured.push(...await measure[part]());
  }
  if (withPeers) {
    const size = Math.min(events, README_EVENTS);
    const file = await simulatedFile(`${folder}/month-${size}.csv`, { events: size }, reporter);
    measured.push(...await compareWithPython(file, { rounds, reporter }));
  }
  reporter.finish();
  console.log(formatMonth(measured));
  if (flags.json !== undefined) await writeJson(flags.json, toRows("month", measured, { events }));
}

async function trainOnMonth(
  { events, file, artifacts }: { events: number; file: string; artifacts: string },
  reporter: Reporter,
): Promise<Measured> {
  await simulatedFile(file, { events }, reporter);
  reporter.stage("Training on the month");
  return { name: "train on a month", figures: await train(file, artifacts) };
}

/** Trains on events in which many users have a few among many products. */
async function trainOnWideShop(
  share: number,
  { folder, reporter }: { folder: string; reporter: Reporter },
): Promise<Measured> {
  const size = {
    pairs: Math.ceil(share * WIDE_SHOP.pairs),
    users: Math.ceil(share * WIDE_SHOP.users),
    items: Math.ceil(share * WIDE_SHOP.items),
  };
  const file = `${folder}/wide-${size.pairs}.csv`;
  reporter.stage(`Writing ${file}`);
  await writeRandomEvents(file, size);
  using artifacts = new TempFolder();
  reporter.stage("Training on a large catalogue");
  return { name: "train on a large catalogue", figures: await train(file, artifacts.path) };
}

/** Trains with all defaults and without a cache, in a process of its own. */
async function train(file: string, artifacts: string): Promise<Record<string, number>> {
  const { output } = await measureProcess<TrainingRun>(Deno.execPath(), [
    ...["run", "-A", ONCE, "--events", file, "--artifacts", artifacts, "--no-cache"],
  ]);
  const { stages, seconds, cpuSeconds, peakBytes } = output;
  const byStage = Object.entries(STAGES).map(([figure, name]) => [
    figure,
    sum(stages.filter((stage) => name.test(stage.name)).map(({ seconds }) => seconds)),
  ]);
  return {
    seconds,
    ...Object.fromEntries(byStage),
    cpu_seconds: cpuSeconds,
    peak_mb: peakBytes / MEGABYTE,
  };
}

function readParts(text: string): Part[] {
  return commaList(text).map((word) => {
    const part = PARTS.find((part) => part === word);
    if (part) return part;
    throw new InvalidArgumentError(`It must list some of ${PARTS.join(", ")}.`);
  });
}

if (import.meta.main) {
  const command = new Command("deno task bench:month")
    .description(
      "Measures what users wait for, at a real shop's size: training with all defaults, the " +
        "first answer of a fresh clone, the start and the lists of the default model",
    )
    .option("--only <parts>", `what to measure, of: ${PARTS.join(", ")}`, readParts, [...PARTS])
    .option("--events <n>", "events of the simulated month", wholeNumber(1000), MONTH_EVENTS)
    .option("--lists <n>", "users whose first list is measured", wholeNumber(1), 2000)
    .option("--rounds <n>", "number of starts, and of runs beside peers", wholeNumber(1), 3)
    .option("--folder <dir>", "folder of the events and artifacts, which are kept", "data")
    .action(run);
  const peers = "the road from events to lists in Python";
  await runTask(addResultOptions(addPeersOption(command, peers, PYTHON_ROAD)));
}
