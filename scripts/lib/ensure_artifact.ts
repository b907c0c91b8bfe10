import { currentVersion } from "../../src/artifact/current.ts";
import { requireWritable } from "../../src/artifact/lock.ts";
import type { Manifest } from "../../src/artifact/manifest.ts";
import { readManifest } from "../../src/artifact/read_manifest.ts";
import { EVENT_WEIGHTS } from "../../src/interactions/event_weights.ts";
import type { Algorithm } from "../../src/models/model.ts";
import type { Training } from "../../src/training/train.ts";
import { InputError } from "../../src/base/input_error.ts";
import type { WrittenFiles } from "./cli.ts";
import type { Reporter } from "./reporter.ts";
import type { TrainFlags } from "./run_training.ts";
import { clusterOf } from "./spark/engine_options.ts";

/**
 * Options of the commands that train only if they have to; without events, on a simulated month.
 */
export type StartFlags = Omit<TrainFlags, "events"> & { events?: string[]; retrain?: boolean };

/** The simulation used without `--events`. */
const SIMULATION = { events: 300_000, days: 31, start: "2019-10-01", seed: 1 };

/** Not trained on the simulated month unless asked for. */
const SLOW_MODEL = "ease";

/** Where the simulated month is saved, for inspection and other commands. */
const SIMULATED_FILE = "data/simulated-2019-10.csv";

/** What is written without `--events`, for the commands' help. */
export const SIMULATED_FILES: WrittenFiles = {
  [SIMULATED_FILE]: "the simulated month, without --events",
};

/**
 * Ensures that there is an artifact to serve: the current one if it was trained on the requested
 * events (or none are requested), else a new one.
 *
 * @returns The result of training, if needed.
 */
export async function ensureArtifact(
  flags: StartFlags,
  reporter: Reporter,
): Promise<Training | undefined> {
  if (flags.events === undefined && clusterOf(flags) !== undefined) {
    throw new InputError("Cannot simulate a month on a cluster: --engine spark needs --events");
  }
  if (!flags.retrain && await isUpToDate(flags, reporter)) return undefined;
  await requireWritable(flags.artifacts);
  // Imported only if needed: training loads Polars, serving doesn't.
  const { runTraining } = await import("./run_training.ts");
  const { events } = flags;
  if (events !== undefined) return await runTraining({ ...flags, events }, reporter);
  const models = flags.models ?? await quickModels(flags.model);
  if (flags.models === undefined) {
    reporter.log(`Models to train: ${models.map(({ name }) => name).join(", ")} (see --models)`);
  }
  return await runTraining({ ...flags, events: [await simulateMonth(reporter)], models }, reporter);
}

/**
 * The models to train on the simulated month if none are named: the usual ones but `ease`, which
 * takes as long as four others and isn't served there.
 *
 * @param served The model to serve, by name or rule; it is always among them.
 */
export async function quickModels(served: string): Promise<readonly Algorithm[]> {
  const { algorithms, defaultAlgorithms } = await import("../../src/models/mod.ts");
  return algorithms.filter((algorithm) =>
    algorithm.name === served ||
    algorithm.name !== SLOW_MODEL && defaultAlgorithms.includes(algorithm)
  );
}

async function isUpToDate(flags: StartFlags, reporter: Reporter): Promise<boolean> {
  const version = await currentVersion(flags.artifacts);
  if (version === undefined) return false;
  const manifest = await readManifest(`${flags.artifacts}/${version}`, version);
  const difference = await findDifference(flags, manifest);
  if (difference) reporter.log(`The current artifact ${difference}: training a new one`);
  return difference === undefined;
}

/** How the artifact differs from the request; undefined if it doesn't. */
async function findDifference(
  { events, ...flags }: StartFlags,
  { data, defaultModel, eventWeights, histories }: Manifest,
): Promise<string | undefined> {
  if (!["best", "svd-family", defaultModel].includes(flags.model)) {
    return `serves ${defaultModel}, not ${flags.model}`;
  }
  const found = histories ? "apart" : "inside";
  if ((flags.histories ?? found) !== found) return `has histories ${found}`;
  if (events === undefined) return undefined;
  if (!isSame(eventWeights, flags.eventWeights ?? EVENT_WEIGHTS)) {
    return "was trained with different event weights";
  }
  const { dataOptions, sourcesOf } = await import("./run_training.ts");
  const wanted = { sources: await sourcesOf(events, clusterOf(flags)), ...dataOptions(flags) };
  const [name] = Object.entries(wanted).find(([name, fact]) => !isSame(data[name], fact)) ?? [];
  return name && `was trained with different ${name}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Simulates the month that is used without `--events`. */
export async function simulateMonth(reporter: Reporter): Promise<string> {
  const { writeSimulation } = await import("../../src/simulate/mod.ts");
  await writeSimulation(SIMULATED_FILE, SIMULATION, reporter.stage("Simulating a month"));
  return SIMULATED_FILE;
}
