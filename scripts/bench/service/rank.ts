/** `deno task bench:rank`: category pages in a visitor's order, beside the orders of shops. */
import { Command, Option } from "commander";
import { InputError } from "../../../src/base/input_error.ts";
import { formatFraction } from "../../../src/base/format.ts";
import type { Interval } from "../../../src/evaluation/bootstrap.ts";
import { loadEvents } from "../../../src/events/load.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import { categoryNumbers } from "../../../src/models/completion/category_popularity.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { commaList, runTask, wholeNumber } from "../../lib/cli.ts";
import { simulateMonth } from "../../lib/ensure_artifact.ts";
import { createReporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import {
  measureOrder,
  modelOrder,
  type PageFigures,
  pageQuestions,
  shopOrders,
} from "../lib/pages/category_pages.ts";
import { holdOutFamilies } from "../lib/quality/families.ts";
import { type BenchRow, reportRows } from "../lib/results.ts";

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
  const { holdout: { history }, steps } = holdOutFamilies(shop, flags);
  const past = { ...history, catalogue: shop.catalogue };
  const questions = pageQuestions(steps, categoryNumbers(shop.catalogue));
  if (questions.length === 0) {
    throw new InputError(
      "Cannot measure orders: no visitor of the latest fifth of the events went on to a new " +
        "product of a category with 10 to 1,000 products",
    );
  }
  const rows: BenchRow[] = [];
  for (const [name, order] of Object.entries(shopOrders(past))) {
    rows.push(...toRows(`by ${name}`, measureOrder(questions, order), flags));
  }
  for (const algorithm of algorithms) {
    const { name } = algorithm;
    const model = await algorithm.fit(history, {}, reporter.stage(`Fitting ${name}`));
    rows.push(...toRows(name, measureOrder(questions, modelOrder(model, past)), flags));
  }
  reporter.finish();
  const products = questions.reduce((sum, { page }) => sum + page.length, 0);
  console.log(`${questions.length} pages of ${Math.round(products / questions.length)} products`);
  await reportRows(rows, flags);
}

function toRows(name: string, figures: PageFigures, { seed }: Flags): BenchRow[] {
  const { reciprocalRank, reciprocalRankInterval, firstTen, firstTenInterval } = figures;
  const ends = ({ low, high }: Interval) => `${formatFraction(low)} to ${formatFraction(high)}`;
  console.log(
    `${name}: 95% intervals: reciprocal rank ${ends(reciprocalRankInterval)}, ` +
      `among the first ten ${ends(firstTenInterval)}`,
  );
  const row = (metric: string, value: number): BenchRow => ({
    ...{ bench: "rank", name, metric, value, unit: "share", options: { seed } },
  });
  return [row("reciprocal rank", reciprocalRank), row("among the first ten", firstTen)];
}

if (import.meta.main) {
  const command = new Command("deno task bench:rank")
    .description(
      "Measures category pages in the order of POST /rank, beside those by popularity, newest " +
        "and cheapest first: the place, on the page of its category, of the next new product " +
        "that visitors of the latest fifth of the events went on to",
    )
    .option("--events <files...>", "the shop's events (default: a simulated month)")
    .addOption(
      new Option("--models <names>", "models to measure").argParser(commaList)
        .default(["als", "session_knn", "blend"], "als, session_knn, blend"),
    )
    .option("--questions <n>", "number of next products", wholeNumber(1), 5000)
    .option("--seed <n>", "seed of their sample", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
