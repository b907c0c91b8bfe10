import { requireInside } from "../../../../src/histories/inside.ts";
import { currentVersion } from "../../../../src/artifact/current.ts";
import { loadArtifact } from "../../../../src/artifact/load.ts";
import { FORMAT_VERSION } from "../../../../src/artifact/manifest.ts";
import { sum } from "../../../../src/base/statistics.ts";
import {
  type Catalogue,
  type TextColumn,
  UNKNOWN,
} from "../../../../src/interactions/catalogue.ts";
import { algorithms } from "../../../../src/models/mod.ts";
import type { Reporter } from "../../../lib/reporter.ts";
import type { ShopIds } from "../http/service_requests.ts";
import type { Measured } from "../http/service_rows.ts";
import { measureProcess } from "../measure_process.ts";
import { simulatedFile } from "../simulated_file.ts";
import type { TrainingRun } from "../speed/training_once.ts";

const ONCE = new URL("../speed/training_once.ts", import.meta.url).pathname;

/** As many events as the REES46 cosmetics shop has in October 2019. */
export const MONTH_EVENTS = 4_100_000;

/** The prefixes and ends of the names of a training's stages, by figure. */
const STAGES: Readonly<Record<string, RegExp>> = {
  clean_seconds: /^Reading and cleaning/,
  validation_seconds: /: validation$/,
  test_seconds: /: test$/,
  final_seconds: /to all interactions$/,
};

const MEGABYTE = 1024 * 1024;

/** Where a simulated month is kept, and how large it is. */
export interface Month {
  readonly folder: string;
  readonly events: number;
}

/** The folder of the artifacts that all defaults make of the month. */
function artifactsOf({ folder, events }: Month): string {
  return `${folder}/month-${events}-format-${FORMAT_VERSION}`;
}

/** Trains on the month, which is simulated if it isn't there, and measures that. */
export async function trainOnMonth(month: Month, reporter: Reporter): Promise<Measured> {
  const { folder, events } = month;
  const file = await simulatedFile(`${folder}/month-${events}.csv`, { events }, reporter);
  reporter.stage("Training on the month");
  return { name: "train on a month", figures: await measureTraining(file, artifactsOf(month)) };
}

/**
 * The folder of the artifacts that all defaults make of the month. It is kept: training takes
 * longer than most benchmarks. Artifacts of another format aren't used.
 */
export async function trainedMonth(month: Month, reporter: Reporter): Promise<string> {
  const artifacts = artifactsOf(month);
  if (await currentVersion(artifacts) === undefined) await trainOnMonth(month, reporter);
  return artifacts;
}

/** Trains with all defaults and without a cache, in a process of its own. */
export async function measureTraining(
  file: string,
  artifacts: string,
): Promise<Record<string, number>> {
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

/** The ids of an artifact's shop, and filters that leave more or less of its products. */
export async function shopOf(artifacts: string): Promise<ShopIds> {
  const { interactions } = await loadArtifact(artifacts, { algorithms });
  const { itemIds, catalogue, histories } = interactions;
  const { userIds } = requireInside(histories, "measure the month");
  const category = largestGroup(catalogue.categoryCode);
  return {
    users: Array.from({ length: userIds.size }, (_, user) => userIds.idAt(user)),
    products: Array.from({ length: itemIds.size }, (_, item) => itemIds.idAt(item)),
    filters: filtersOf(catalogue, category),
    category,
  };
}

function filtersOf({ brand, price }: Catalogue, category: string): string[] {
  const [large, ...others] = mostFrequent(brand);
  const middle = others[others.length >> 1] ?? large;
  const prices = price.filter((price) => price > 0).sort();
  const priceAt = (share: number) => prices[Math.floor(share * prices.length)];
  const cheap = String(priceAt(0.1));
  const dear = String(priceAt(0.6));
  const filters: Record<string, string>[] = [
    { brand: middle },
    { category },
    { minPrice: dear },
    { maxPrice: cheap },
    { category, minPrice: dear },
    { brand: large, maxPrice: String(priceAt(0.8)) },
  ];
  return filters.map((parameters) => String(new URLSearchParams(parameters)));
}

/** The first part of the categories' paths that most products have. */
function largestGroup({ codes, values }: TextColumn): string {
  const groups = values.map((path) => path.split(".")[0]);
  const [group] = mostFrequent({
    codes: codes.map((code) => groups.indexOf(groups[code])),
    values: groups,
  });
  return group;
}

/** A column's values but the unknown one, the most frequent first. */
function mostFrequent({ codes, values }: TextColumn): string[] {
  const counts = new Uint32Array(values.length);
  for (const code of codes) counts[code]++;
  return [...values.keys()]
    .filter((code) => counts[code] > 0 && values[code] !== UNKNOWN)
    .sort((a, b) => counts[b] - counts[a])
    .map((code) => values[code]);
}
