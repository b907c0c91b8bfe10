import { formatCounted } from "../../src/base/format.ts";
import { InputError } from "../../src/base/input_error.ts";
import { requireWritable } from "../../src/artifact/lock.ts";
import { basename } from "node:path";
import { FALLBACK_MODEL } from "../../src/artifact/manifest.ts";
import type { SaveOptions } from "../../src/artifact/save.ts";
import type { DataFacts } from "../../src/artifact/write_contents.ts";
import { currentVersion } from "../../src/artifact/current.ts";
import { readManifest } from "../../src/artifact/read_manifest.ts";
import type { CleanReport } from "../../src/events/clean/clean_report.ts";
import { findFiles } from "../../src/events/read/files/glob.ts";
import { writeRejects } from "../../src/events/read/files/rejects.ts";
import { toInteractions } from "../../src/events/to_interactions.ts";
import type { MakeSource } from "../../src/histories/write_shards.ts";
import type { ShopInteractions } from "../../src/interactions/interactions.ts";
import { reweigh } from "../../src/interactions/training_data.ts";
import type { FittedComplements } from "../../src/models/complements/fit_complements.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed, defaultAlgorithms } from "../../src/models/mod.ts";
import { startPool } from "../../src/training/measure_models.ts";
import { train, type Training } from "../../src/training/train.ts";
import { readCollected } from "./collected.ts";
import { formatOptions } from "./format_options.ts";
import { formatEvents } from "./tables/events_table.ts";
import { formatComparison, formatSkipped, formatSplit } from "./tables/comparison_table.ts";
import { wrapText } from "./tables/wrap.ts";
import { type EventsFlags, loadOptions } from "./events_options.ts";
import { clusterOf, type EngineFlags } from "./spark/engine_options.ts";
import { openReported, REJECTS_FILE } from "./open_reported.ts";
import type { Reporter } from "./reporter.ts";
import {
  type ArtifactFlags,
  readCompareOptions,
  type TrainingFlags,
  workersOf,
} from "./training_options.ts";

/** Options of the commands that train an artifact. */
export type TrainFlags =
  & EventsFlags
  & EngineFlags
  & TrainingFlags
  & ArtifactFlags
  & CollectedFlags;

/** Whether to train on the events that the service collected as well. */
export interface CollectedFlags {
  collected?: boolean;
}

/**
 * A shop's interactions, and the report of cleaning its events. Models can be fitted until it is
 * disposed of.
 */
export interface LoadedShop extends AsyncDisposable {
  readonly interactions: ShopInteractions;
  readonly cleaning: CleanReport;
  /** Opens the histories of all users, if the interactions are a sample of them. */
  readonly histories?: MakeSource;
  /** How many users and events there are, if the interactions are a sample of them. */
  readonly all?: { readonly users: number; readonly events: number };
  /** What models leave out, in sentences that are added while models are fitted. */
  readonly leftOut?: readonly string[];
}

/**
 * Reads and cleans the events and turns them into interactions with the requested weights. Events
 * of users whom the service has deleted are dropped. Rejected rows go to {@linkcode REJECTS_FILE}.
 */
export async function loadShop(
  flags: EventsFlags & EngineFlags & TrainingFlags & CollectedFlags,
  reporter: Reporter,
): Promise<LoadedShop> {
  const cluster = clusterOf(flags);
  if (cluster !== undefined && flags.collected) {
    throw new InputError(
      "Cannot use --collected with --engine spark: the cluster can't read the service's store; " +
        "put GET /events/export where the cluster reads, and name that file in --events",
    );
  }
  await using collected = await readCollected({ events: flags.collected });
  if (cluster !== undefined && flags.sums) {
    const { loadSums } = await import("./spark/load_sums.ts");
    return await loadSums(flags, { master: cluster, forgotten: collected.forgotten }, reporter);
  }
  const options = {
    ...loadOptions(flags),
    seed: flags.seed,
    forgotten: collected.forgotten,
    trusted: collected.files,
  };
  await using opened = await openReported(
    [...flags.events, ...collected.files],
    // Collected events come in a new file every time, so the cache can't help.
    flags.collected ? { ...options, cache: undefined } : options,
    { rejectsFile: REJECTS_FILE, progress: reporter.stage("Reading and cleaning events"), cluster },
  );
  const { pieces, report, rejects, cached } = opened;
  if (cached) reporter.log(`Cleaned events from the cache: ${cached}`);
  if (rejects.length > 0) {
    await writeRejects(REJECTS_FILE, rejects);
    reporter.log(`Rejected rows, with line and reason: ${REJECTS_FILE}`);
  }
  reporter.log(await formatEvents(opened));
  const interactions = await toInteractions(pieces);
  return {
    interactions: flags.eventWeights ? reweigh(interactions, flags.eventWeights) : interactions,
    cleaning: report,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** What {@linkcode runTraining} does besides. */
export interface RunOptions extends SaveOptions {
  /** Is given what the models are trained on. */
  onLoaded?: (interactions: ShopInteractions) => void;
}

/** Trains on the events, writes the artifact and prints how the models compare. */
export async function runTraining(
  flags: TrainFlags,
  reporter: Reporter,
  { makeCurrent, onLoaded }: RunOptions = {},
): Promise<Training> {
  await requireWritable(flags.artifacts);
  const algorithms = withFallback(flags.models ?? defaultAlgorithms);
  // Workers load the program while this thread reads the events.
  using pool = startPool(algorithms, { workers: workersOf(flags) });
  await using shop = await loadShop(flags, reporter);
  const { interactions, cleaning, all, leftOut } = shop;
  onLoaded?.(interactions);
  const training = await train(interactions, algorithms, {
    ...await readCompareOptions(flags, interactions),
    pool,
    artifacts: flags.artifacts,
    eventWeights: flags.eventWeights,
    histories: flags.histories === "apart" ? shop.histories ?? "apart" : "inside",
    model: flags.model,
    force: flags.force,
    makeCurrent,
    served: await servedModel(flags.artifacts),
    facts: {
      ...await requestFacts(flags),
      cleaning,
      ...(all && { trainedOn: all }),
      ...(leftOut && { leftOut }),
    },
  }, reporter.stage);
  reporter.finish();
  printTraining(training);
  return training;
}

/** Adds popularity, the fallback for users without a history, which every artifact contains. */
function withFallback(models: readonly Algorithm[]): readonly Algorithm[] {
  return models.some(({ name }) => name === FALLBACK_MODEL)
    ? models
    : [algorithmNamed(FALLBACK_MODEL), ...models];
}

/** The request's data options, for the manifest: plain JSON, the same for the same request. */
export async function requestFacts(
  flags: EventsFlags & EngineFlags & TrainingFlags & CollectedFlags,
): Promise<DataFacts> {
  const { collected } = flags;
  const given = Object.entries({ collected, ...dataOptions(flags) })
    .filter(([, value]) => value !== undefined);
  return { sources: await sourcesOf(flags.events, clusterOf(flags)), ...Object.fromEntries(given) };
}

/**
 * The names of the files of events, without their folders.
 *
 * @param cluster The Spark server that reads them; default: this machine.
 */
export async function sourcesOf(events: readonly string[], cluster?: string): Promise<string[]> {
  if (cluster === undefined) return (await findFiles(events)).map((file) => basename(file));
  const { filesOnSpark } = await import("../../src/spark/clean/open_on_spark.ts");
  return (await filesOnSpark(events, cluster)).map((file) => decodeURI(basename(file)));
}

/** The options that decide what an artifact is trained on, as the manifest names them. */
export function dataOptions(
  { month, users, maxEventsPerUser, rating, halfLife, window, sums, sumsUsers, ...flags }:
    & Omit<EventsFlags, "events">
    & TrainingFlags
    & EngineFlags,
) {
  return {
    month,
    format: formatOptions(flags),
    sampledUsers: users,
    maxEventsPerUser,
    rating,
    halfLifeDays: halfLife,
    windowDays: window,
    sums,
    sumsUsers,
  };
}

/** The default model of the current artifact, if there is one. */
async function servedModel(artifacts: string): Promise<string | undefined> {
  const version = await currentVersion(artifacts);
  if (version === undefined) return undefined;
  return (await readManifest(`${artifacts}/${version}`, version)).defaultModel;
}

function printTraining(
  { comparison, choice, evaluation, complements, path }: Training,
): void {
  const rows = evaluation.filter(({ window }) => window === "test");
  console.log(formatSplit(comparison.split));
  console.log(
    formatSkipped(comparison.skipped) + "\n" +
      formatComparison(
        { window: "test", protocol: comparison.protocol },
        comparison.test[0]?.population,
        rows,
      ),
  );
  console.log(wrapText(`\nServed by default: ${choice.reason}`));
  console.log(wrapText(complementsText(complements)));
  console.log(wrapText(`Artifact: ${path} with models ${choice.exported.join(", ")}`));
}

function complementsText(complements: FittedComplements): string {
  if ("absent" in complements) return `Goes together: no table, ${complements.absent}`;
  const { baskets, products, pairs } = complements.figures;
  return `Goes together: ${formatCounted(pairs, "pair")} of ${
    formatCounted(products, "product")
  } ` +
    `from ${formatCounted(baskets, "basket")}`;
}
