import { basename } from "node:path";
import { FALLBACK_MODEL } from "../../src/artifact/manifest.ts";
import { currentVersion } from "../../src/artifact/current.ts";
import { readManifest } from "../../src/artifact/read_manifest.ts";
import { formatCount } from "../../src/base/format.ts";
import type { CleanReport } from "../../src/events/clean/clean_report.ts";
import { findFiles } from "../../src/events/read/files/glob.ts";
import { openEvents } from "../../src/events/load.ts";
import { writeRejects } from "../../src/events/read/files/rejects.ts";
import { toInteractions } from "../../src/events/to_interactions.ts";
import type { ShopInteractions } from "../../src/interactions/interactions.ts";
import { reweigh } from "../../src/interactions/training_data.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed, algorithms } from "../../src/models/mod.ts";
import { type DataFacts, train, type Training } from "../../src/training/train.ts";
import { readCollected } from "./collected.ts";
import { formatComparison, formatSkipped, formatSplit } from "./tables/comparison_table.ts";
import { type EventsFlags, loadOptions } from "./events_options.ts";
import type { Reporter } from "./reporter.ts";
import { type ArtifactFlags, readCompareOptions, type TrainingFlags } from "./training_options.ts";

/** Options of the commands that end with an artifact. */
export type TrainFlags = EventsFlags & TrainingFlags & ArtifactFlags & CollectedFlags;

/** Whether what the service collected is trained on as well. */
export interface CollectedFlags {
  collected?: boolean;
}

/** A shop's interactions and what cleaning did to its events. */
export interface LoadedShop {
  readonly interactions: ShopInteractions;
  readonly cleaning: CleanReport;
}

/** Does what {@linkcode loadShop} does, for those who don't ask what cleaning did. */
export async function loadInteractions(
  flags: EventsFlags & TrainingFlags,
  reporter: Reporter,
  rejectsFile: string,
): Promise<ShopInteractions> {
  return (await loadShop(flags, reporter, rejectsFile)).interactions;
}

/**
 * Reads and cleans the events and turns them into interactions, with the weights that were asked for. Who was
 * forgotten by the service is left out.
 *
 * @param rejectsFile Where rows that can't be read go, if there are any.
 */
export async function loadShop(
  flags: EventsFlags & TrainingFlags & CollectedFlags,
  reporter: Reporter,
  rejectsFile: string,
): Promise<LoadedShop> {
  await using collected = await readCollected({ events: flags.collected });
  const options = { ...loadOptions(flags), seed: flags.seed, forgotten: collected.forgotten };
  await using opened = await openEvents(
    [...flags.events, ...collected.files],
    // What was collected comes in another file every time.
    flags.collected ? { ...options, cache: undefined } : options,
    reporter.stage("Reading and cleaning events"),
  );
  const { pieces, report, rejects, cached } = opened;
  if (cached) reporter.log(`Cleaned before: ${cached}`);
  if (rejects.length > 0) {
    await writeRejects(rejectsFile, rejects);
    reporter.log(`${formatCount(rejects.length)} malformed rows are in ${rejectsFile}`);
  }
  reporter.log(`${formatCount(report.rowsOut)} of ${formatCount(report.rowsIn)} rows kept`);
  const interactions = toInteractions(pieces);
  return {
    interactions: flags.eventWeights ? reweigh(interactions, flags.eventWeights) : interactions,
    cleaning: report,
  };
}

/** Trains on the events, writes the artifact and prints how the models compare. */
export async function runTraining(flags: TrainFlags, reporter: Reporter): Promise<Training> {
  await Deno.mkdir(flags.artifacts, { recursive: true });
  const rejectsFile = `${flags.artifacts}/rejects.csv`;
  const { interactions, cleaning } = await loadShop(flags, reporter, rejectsFile);
  const training = await train(interactions, withFallback(flags.models ?? algorithms), {
    ...await readCompareOptions(flags),
    artifacts: flags.artifacts,
    eventWeights: flags.eventWeights,
    model: flags.model,
    force: flags.force,
    served: await servedModel(flags.artifacts),
    facts: { ...await requestFacts(flags), cleaning },
  }, reporter.stage);
  reporter.finish();
  printTraining(training);
  return training;
}

/** With popularity, which comes along with any artifact: it answers where nothing is known of somebody. */
function withFallback(models: readonly Algorithm[]): readonly Algorithm[] {
  return models.some(({ name }) => name === FALLBACK_MODEL)
    ? models
    : [algorithmNamed(FALLBACK_MODEL), ...models];
}

/** What data were asked for and how they were weighed: plain JSON, the same for the same request. */
export async function requestFacts(
  flags: EventsFlags & TrainingFlags & CollectedFlags,
): Promise<DataFacts> {
  const { events, month, users, maxEventsPerUser, rating, halfLife, window, collected } = flags;
  const options = {
    collected,
    month,
    sampledUsers: users,
    maxEventsPerUser,
    rating,
    halfLifeDays: halfLife,
    windowDays: window,
  };
  return {
    sources: (await findFiles(events)).map((file) => basename(file)),
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}

/** The model that the current artifact answers with, if there is one. */
async function servedModel(artifacts: string): Promise<string | undefined> {
  const version = await currentVersion(artifacts);
  if (version === undefined) return undefined;
  return (await readManifest(`${artifacts}/${version}`, version)).defaultModel;
}

function printTraining({ comparison, choice, evaluation, path }: Training): void {
  const rows = evaluation.filter(({ window }) => window === "test");
  console.log(formatSplit(comparison.split));
  console.log(
    formatSkipped(comparison.skipped) + "\n" +
      formatComparison("test", comparison.test[0]?.population, rows),
  );
  console.log(`\nServed by default: ${choice.reason}`);
  console.log(`Artifact: ${path} with models ${choice.exported.join(", ")}`);
}
