/**
 * `deno task bench:month`: what users of the program wait for, on a month of a real shop's size:
 * training with all defaults, the first answer, the lists of the default model.
 */
import { Command, InvalidArgumentError } from "commander";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { writeJson } from "../lib/write_json.ts";
import { addPeersOption, addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { type Measured, toRows } from "./lib/http/service_rows.ts";
import { measureFirstAnswer } from "./lib/month/first_answer.ts";
import { writeRandomEvents } from "./lib/month/random_events.ts";
import {
  measureTraining,
  MONTH_EVENTS,
  trainedMonth,
  trainOnMonth,
} from "./lib/month/month_shop.ts";
import { formatMonth } from "./lib/month/month_table.ts";
import { compareWithPython } from "./lib/month/python_road.ts";
import { measureLists, measureStart } from "./lib/month/serving.ts";
import { PYTHON_ROAD } from "./lib/peers.ts";
import { simulatedFile } from "./lib/simulated_file.ts";

/** Those of the month that the README's first command simulates. */
const README_EVENTS = 300_000;

/** Users and products of the RetailRocket data, by event. */
const WIDE_SHOP = { pairs: 2_750_000, users: 1_400_000, items: 235_000 };

/** What can be measured, by name. */
const PARTS = ["train", "train-wide", "lists", "start", "first-answer"] as const;
type Part = typeof PARTS[number];

interface Flags extends ResultFlags {
  readonly only: readonly Part[];
  readonly events: number;
  readonly lists: number;
  readonly rounds: number;
  readonly folder: string;
  readonly withPeers?: boolean;
  readonly peerEvents: number;
}

async function run(
  { only, events, lists, rounds, folder, withPeers, peerEvents, ...flags }: Flags,
): Promise<void> {
  const reporter = createReporter(flags);
  const month = { folder, events };
  const measure: Record<Part, () => Promise<Measured[]>> = {
    train: async () => [await trainOnMonth(month, reporter)],
    "train-wide": async () => [await trainOnWideShop(events / MONTH_EVENTS, { folder, reporter })],
    async lists() {
      return await measureLists(await trainedMonth(month, reporter), lists, reporter);
    },
    async start() {
      const artifacts = await trainedMonth(month, reporter);
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
    const path = `${folder}/month-${peerEvents}.csv`;
    const file = await simulatedFile(path, { events: peerEvents }, reporter);
    measured.push(...await compareWithPython(file, { rounds, reporter }));
  }
  reporter.finish();
  console.log(formatMonth(measured));
  if (flags.json !== undefined) await writeJson(flags.json, toRows("month", measured, { events }));
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
  return {
    name: "train on a large catalogue",
    figures: await measureTraining(file, artifacts.path),
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
    .option(
      "--peer-events <n>",
      "events of the month that peers are measured on",
      wholeNumber(1000),
      README_EVENTS,
    )
    .option("--folder <dir>", "folder of the events and artifacts, which are kept", "data")
    .action(run);
  const peers = "the road from events to lists in Python";
  await runTask(addResultOptions(addPeersOption(command, peers, PYTHON_ROAD)));
}
