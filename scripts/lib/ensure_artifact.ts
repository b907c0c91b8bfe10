import { currentVersion } from "../../src/artifact/current.ts";
import type { Manifest } from "../../src/artifact/manifest.ts";
import { readManifest } from "../../src/artifact/read_manifest.ts";
import { EVENT_WEIGHTS } from "../../src/interactions/event_weights.ts";
import type { Reporter } from "./reporter.ts";
import type { TrainFlags } from "./run_training.ts";

/** What `start` trains on: the events that were named, or a simulated month. */
export type StartFlags = Omit<TrainFlags, "events"> & { events?: string[]; retrain?: boolean };

/** What is simulated where no events are named. */
const SIMULATION = { events: 300_000, days: 31, start: "2019-10-01", seed: 1 };

/** Where the simulated month is kept for a look at it, and for the other commands. */
const SIMULATED_FILE = "data/simulated-2019-10.csv";

/**
 * Makes sure that there is an artifact to serve: the present one if it was made from the events that are asked
 * for (or none are asked for), else a new one.
 */
export async function ensureArtifact(flags: StartFlags, reporter: Reporter): Promise<void> {
  if (!flags.retrain && await isPresent(flags, reporter)) return;
  // Training needs Polars, serving doesn't: what is there already is served without loading it.
  const { runTraining } = await import("./run_training.ts");
  await runTraining(
    { ...flags, events: flags.events ?? [await simulateMonth(reporter)] },
    reporter,
  );
}

async function isPresent(flags: StartFlags, reporter: Reporter): Promise<boolean> {
  const version = await currentVersion(flags.artifacts);
  if (version === undefined) return false;
  const manifest = await readManifest(`${flags.artifacts}/${version}`, version);
  const difference = await findDifference(flags, manifest);
  if (difference) reporter.log(`The present artifact ${difference}: training anew`);
  return difference === undefined;
}

/** What of the request the artifact doesn't answer to, in words. */
async function findDifference(
  { events, ...flags }: StartFlags,
  { data, defaultModel, eventWeights }: Manifest,
): Promise<string | undefined> {
  if (!["best", "svd-family", defaultModel].includes(flags.model)) {
    return `serves ${defaultModel}, not ${flags.model}`;
  }
  if (events === undefined) return undefined;
  if (!isSame(eventWeights, flags.eventWeights ?? EVENT_WEIGHTS)) return "has other event weights";
  const { requestFacts } = await import("./run_training.ts");
  const facts = Object.entries(await requestFacts({ ...flags, events }));
  const [name] = facts.find(([name, fact]) => !isSame(data[name], fact)) ?? [];
  return name && `was made from other ${name}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Simulates the month that is trained on where no events are named. */
export async function simulateMonth(reporter: Reporter): Promise<string> {
  const { writeSimulation } = await import("../../src/simulate/mod.ts");
  await writeSimulation(SIMULATED_FILE, SIMULATION, reporter.stage("Simulating a month"));
  return SIMULATED_FILE;
}
