/** `deno task bench:baskets`: how often lists of what goes together have the rest of a basket. */
import { Command } from "commander";
import { InputError } from "../../../src/base/input_error.ts";
import { formatFraction } from "../../../src/base/format.ts";
import type { Interval } from "../../../src/evaluation/bootstrap.ts";
import { loadEvents } from "../../../src/events/load.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import { EVENT_WEIGHTS } from "../../../src/interactions/event_weights.ts";
import { sliceByTime } from "../../../src/interactions/interactions.ts";
import { basketsOf } from "../../../src/models/complements/baskets.ts";
import { fitComplements } from "../../../src/models/complements/fit_complements.ts";
import { categoryNumbers } from "../../../src/models/completion/category_popularity.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { runTask, wholeNumber } from "../../lib/cli.ts";
import { simulateMonth } from "../../lib/ensure_artifact.ts";
import { createReporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import {
  complementLists,
  countLists,
  modelLists,
  popularLists,
} from "../lib/pages/basket_lists.ts";
import {
  answerBaskets,
  askBaskets,
  type BasketFigures,
  heldOutLists,
  type ListMaker,
  productKinds,
} from "../lib/pages/basket_questions.ts";
import { type BenchRow, reportRows } from "../lib/results.ts";

/** The share of the events that come before the baskets in question. */
const PAST = 0.8;

/** Models that say what comes next, for comparison. */
const MODELS = ["item_knn", "sequential_rules"];

interface Flags extends ResultFlags {
  readonly events?: string[];
  readonly baskets: number;
  readonly k: number;
  readonly seed: number;
}

async function run(flags: Flags): Promise<void> {
  const { k, seed } = flags;
  const reporter = createReporter(flags);
  const files = flags.events ?? [await simulateMonth(reporter)];
  const { events } = await loadEvents(files, {}, reporter.stage("Reading and cleaning events"));
  const shop = await toInteractions(events);
  const cut = shop.times.toSorted()[Math.floor(PAST * shop.times.length)];
  const past = { ...sliceByTime(shop, { to: cut }), catalogue: shop.catalogue };
  const weights = [EVENT_WEIGHTS.cart, EVENT_WEIGHTS.purchase];
  const baskets = basketsOf(past, { weights });
  const future = sliceByTime(shop, { from: cut });
  const asked = basketsOf(future, { weights });
  const questions = askBaskets(asked, { most: flags.baskets, seed });
  if (questions.length === 0) {
    throw new InputError(
      "Cannot measure baskets: the latest fifth of the events has no basket of two products",
    );
  }
  const visits = basketsOf(future, { weights: [EVENT_WEIGHTS.view] });
  const kinds = productKinds(asked, visits, categoryNumbers(shop.catalogue));
  const rows: BenchRow[] = [];
  const measure = (name: string, lists: ListMaker) =>
    rows.push(...toRows(name, answerBaskets(questions, lists, { ...kinds, k }), flags));
  const started = performance.now();
  const fitted = fitComplements(past);
  const seconds = (performance.now() - started) / 1000;
  if ("table" in fitted) {
    measure("goes together", complementLists(fitted.table));
    const bytes = Object.values(fitted.table.toTensors())
      .reduce((sum, { data }) => sum + data.byteLength, 0);
    rows.push(row("goes together", { metric: "fit", value: seconds, unit: "s" }, flags));
    rows.push(row("goes together", { metric: "size", value: bytes / 1e6, unit: "MB" }, flags));
  } else console.log(`No table: ${fitted.absent}`);
  measure("counts of pairs", countLists(baskets, shop));
  measure("popular in baskets", popularLists(baskets, shop));
  for (const name of MODELS) {
    const model = await algorithmNamed(name).fit(past, {}, reporter.stage(`Fitting ${name}`));
    measure(name, modelLists(model, { cartWeight: EVENT_WEIGHTS.cart, time: cut }));
  }
  measure("held-out products", heldOutLists(questions));
  reporter.finish();
  console.log(`${questions.length} baskets, ${baskets.times.length} before them`);
  await reportRows(rows, flags);
}

function toRows(name: string, figures: BasketFigures, flags: Flags): BenchRow[] {
  const { hitRate, hitRateInterval, ndcg, ndcgInterval, sameCategory, alternatives } = figures;
  const ends = ({ low, high }: Interval) => `${formatFraction(low)} to ${formatFraction(high)}`;
  console.log(
    `${name}: 95% intervals: hit rate ${ends(hitRateInterval)}, NDCG ${ends(ndcgInterval)}`,
  );
  return [
    row(name, { metric: `hit rate@${flags.k}`, value: hitRate, unit: "share" }, flags),
    row(name, { metric: `ndcg@${flags.k}`, value: ndcg, unit: "share" }, flags),
    row(name, { metric: "same category", value: sameCategory, unit: "share" }, flags),
    row(name, { metric: "alternatives", value: alternatives, unit: "share" }, flags),
  ];
}

function row(
  name: string,
  figure: Pick<BenchRow, "metric" | "value" | "unit">,
  { seed, baskets }: Flags,
): BenchRow {
  return { bench: "baskets", name, ...figure, options: { seed, baskets } };
}

if (import.meta.main) {
  const command = new Command("deno task bench:baskets")
    .description(
      "Holds out a product of each basket of the latest fifth of a shop's events, and measures " +
        "how often lists for the rest of the basket have it: those of what goes together, plain " +
        "counts of pairs, popularity, and models that say what comes next",
    )
    .option("--events <files...>", "the shop's events (default: a simulated month)")
    .option("--baskets <n>", "measure at most n baskets", wholeNumber(1), 3000)
    .option("--k <n>", "length of the lists", wholeNumber(1, 100), 10)
    .option("--seed <n>", "seed of their sample", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
