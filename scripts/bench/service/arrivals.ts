/**
 * `deno task bench:arrivals`: how products without events, or with few, rank, and what they cost
 * the others.
 */
import { Command, Option } from "commander";
import { formatFraction } from "../../../src/base/format.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { loadEvents } from "../../../src/events/load.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { commaList, runTask, wholeNumber } from "../../lib/cli.ts";
import { simulateMonth } from "../../lib/ensure_artifact.ts";
import { createReporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import {
  type ArrivalCase,
  type ArrivalFigures,
  holdOutArrivals,
  measureArrivals,
} from "../lib/pages/arrivals.ts";
import { type BenchRow, reportRows } from "../lib/results.ts";

interface Flags extends ResultFlags {
  readonly events?: string[];
  readonly models: string[];
  readonly users: number;
  readonly seed: number;
}

const CASES: readonly (ArrivalCase & { readonly title: string })[] = [
  { title: "", estimated: false, withArrivals: false, isBounded: false },
  { title: ", with newcomers", estimated: true, withArrivals: false, isBounded: false },
  { title: ", with arrivals", estimated: true, withArrivals: true, isBounded: false },
  { title: ", bounded", estimated: true, withArrivals: true, isBounded: true },
];

async function run(flags: Flags): Promise<void> {
  const algorithms = flags.models.map(algorithmNamed);
  const reporter = createReporter(flags);
  const files = flags.events ?? [await simulateMonth(reporter)];
  const { events } = await loadEvents(files, {}, reporter.stage("Reading and cleaning events"));
  const holdout = holdOutArrivals(await toInteractions(events), flags);
  const { past, arrivals, questions } = holdout;
  const wanted = questions.reduce((sum, { arrivals }) => sum + arrivals.size, 0);
  if (wanted === 0) {
    throw new InputError(
      "Cannot measure arrivals: no user with earlier events went on, in the latest fifth of the " +
        "events, to a product that nobody had seen before; give more events (--events)",
    );
  }
  const rows: BenchRow[] = [];
  for (const algorithm of algorithms) {
    const { name } = algorithm;
    const model = await algorithm.fit(past, {}, reporter.stage(`Fitting ${name}`));
    for (const { title, ...each } of CASES) {
      const figures = measureArrivals(model, { ...each, name, holdout });
      rows.push(...toRows(`${name}${title}`, figures, flags));
    }
  }
  reporter.finish();
  const all = questions.reduce((sum, { known }) => sum + known.size, wanted);
  console.log(
    `${questions.length} users; ${past.itemIds.size} products with events and ${arrivals.size} ` +
      `without, which are ${
        formatFraction(wanted / all)
      } of the new products that users went on to`,
  );
  await reportRows(rows, flags);
}

function toRows(name: string, figures: ArrivalFigures, { users, seed }: Flags): BenchRow[] {
  const { known, knownInterval: { low, high }, newcomers, arrivals, recall, places } = figures;
  console.log(
    `${name}: 95% interval of NDCG@10 of products with events: ${formatFraction(low)} to ` +
      formatFraction(high),
  );
  const row = (metric: string, value: number): BenchRow => ({
    ...{ bench: "arrivals", name, metric, value, unit: "share", options: { users, seed } },
  });
  return [
    row("ndcg@10 with events", known),
    row("ndcg@10 of newcomers", newcomers),
    row("ndcg@10 without", arrivals),
    row("recall@10 without", recall),
    row("places without", places),
  ];
}

if (import.meta.main) {
  const command = new Command("deno task bench:arrivals")
    .description(
      "Holds out the latest fifth of a shop's events, and measures how products that had no " +
        "event before, or few, rank by their descriptions, and what they cost the others",
    )
    .option("--events <files...>", "the shop's events (default: a simulated month)")
    .addOption(
      new Option("--models <names>", "models to measure").argParser(commaList)
        .default(["als", "item_knn", "session_knn", "blend"], "als, item_knn, session_knn, blend"),
    )
    .option("--users <n>", "measure at most n users", wholeNumber(1), 5000)
    .option("--seed <n>", "seed of their sample", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
