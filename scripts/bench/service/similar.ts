/** `deno task bench:similar`: similar products for a user beside those for everybody. */
import { Command, Option } from "commander";
import { formatFraction } from "../../../src/base/format.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { percentileInterval } from "../../../src/evaluation/bootstrap.ts";
import { loadEvents } from "../../../src/events/load.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import { EVENT_WEIGHTS } from "../../../src/interactions/event_weights.ts";
import { bootstrapMeans } from "../../../src/linalg/bootstrap.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { Products } from "../../../src/service/catalogue/products.ts";
import { LiveModels } from "../../../src/service/recommend/live_models.ts";
import { SimilarProducts } from "../../../src/service/recommend/similar_products.ts";
import { commaList, runTask, wholeNumber } from "../../lib/cli.ts";
import { simulateMonth } from "../../lib/ensure_artifact.ts";
import { createReporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { holdOutFamilies } from "../lib/quality/families.ts";
import type { NextItemQuestion } from "../lib/quality/next_item_data.ts";
import { type BenchRow, reportRows } from "../lib/results.ts";

const K = 10;

/** Of users with fewer products, hardly more is known than the page says. */
const FEWEST = 3;

interface Flags extends ResultFlags {
  readonly events?: string[];
  readonly models: string[];
  readonly questions: number;
  readonly seed: number;
}

async function run(flags: Flags): Promise<void> {
  const algorithms = flags.models.map(algorithmNamed);
  const reporter = createReporter(flags);
  const files = flags.events ?? [await simulateMonth(reporter)];
  const { events } = await loadEvents(files, {}, reporter.stage("Reading and cleaning events"));
  const shop = await toInteractions(events);
  const { holdout: { history: past }, steps } = holdOutFamilies(shop, flags);
  const questions = steps.filter(({ history }) => new Set(history.items).size >= FEWEST);
  if (questions.length === 0) {
    throw new InputError(
      `Cannot measure similar products: no user with ${FEWEST} products went on to another one ` +
        "in the latest fifth of the events; give more events (--events)",
    );
  }
  const rows: BenchRow[] = [];
  for (const algorithm of algorithms) {
    const { name } = algorithm;
    const train = { ...past, catalogue: shop.catalogue };
    const model = await algorithm.fit(train, {}, reporter.stage(`Fitting ${name}`));
    const artifact = {
      models: new Map([[name, model]]),
      interactions: train,
      manifest: { models: [], defaultModel: name, eventWeights: EVENT_WEIGHTS },
    };
    const products = new Products(train);
    const similar = new SimilarProducts(artifact, products, new LiveModels(artifact, products));
    for (const isPersonal of [false, true]) {
      const places = questions.map((question) =>
        placeOfNext({ similar, products }, question, isPersonal)
      );
      rows.push(...toRows(isPersonal ? `${name}, for the user` : name, places, flags));
    }
  }
  reporter.finish();
  console.log(`${questions.length} new products that users went on to`);
  await reportRows(rows, flags);
}

/**
 * The place of the user's next product, from 1, in the list of products that are similar to their
 * last one and new to them; `Infinity` if it isn't there.
 */
function placeOfNext(
  { similar, products }: { readonly similar: SimilarProducts; readonly products: Products },
  { history, next }: NextItemQuestion,
  isPersonal: boolean,
): number {
  const allowed = new Uint8Array(products.size).fill(1);
  for (const item of history.items) allowed[item] = 0;
  const { items } = similar.list([history.items.at(-1)!], {
    ...{ k: K, allowed, isCompleted: false },
    ...(isPersonal && { history }),
  });
  const place = items.findIndex(({ productId }) => productId === products.idAt(next));
  return place < 0 ? Infinity : place + 1;
}

function toRows(name: string, places: readonly number[], { questions, seed }: Flags): BenchRow[] {
  const hits = Float32Array.from(places, (place) => place <= K ? 1 : 0);
  const ranks = Float32Array.from(places, (place) => 1 / place);
  const [means] = bootstrapMeans([hits, ranks]);
  const { low, high } = percentileInterval(means);
  console.log(
    `${name}: 95% interval of the hit rate: ${formatFraction(low)} to ${formatFraction(high)}`,
  );
  const row = (metric: string, values: Float32Array): BenchRow => ({
    ...{ bench: "similar", name, metric, unit: "share", options: { questions, seed } },
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
  });
  return [row(`hit rate@${K}`, hits), row(`mrr@${K}`, ranks)];
}

if (import.meta.main) {
  const command = new Command("deno task bench:similar")
    .description(
      "Measures how often the ten products most similar to a visitor's last one have the next " +
        "new one: in the order for everybody, and in the order for the user",
    )
    .option("--events <files...>", "the shop's events (default: a simulated month)")
    .addOption(
      new Option("--models <names>", "models to measure").argParser(commaList)
        .default(["als", "item_knn"], "als, item_knn"),
    )
    .option("--questions <n>", "number of next products", wholeNumber(1), 3000)
    .option("--seed <n>", "seed of their sample", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
