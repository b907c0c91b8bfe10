/** `deno task bench:families`: what each kind of model finds in a shop's events. */
import { Command, Option } from "commander";
import { loadEvents } from "../../src/events/load.ts";
import { toInteractions } from "../../src/events/to_interactions.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed, algorithms } from "../../src/models/mod.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { simulateMonth } from "../lib/ensure_artifact.ts";
import { createReporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { type Candidate, holdOutFamilies, measureFamily } from "./lib/quality/families.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";

/** Options to measure besides the defaults, to show the effect of half-lives. */
const VARIANTS: Readonly<Record<string, object>> = {
  popularity: { halfLifeDays: Infinity },
  item_knn: { historyHalfLifeDays: 1 },
};

interface Flags extends ResultFlags {
  readonly events?: string[];
  readonly models: string[];
  readonly questions: number;
  readonly seed: number;
}

async function run(flags: Flags): Promise<void> {
  const candidates = flags.models.map(algorithmNamed).flatMap(candidatesOf);
  const reporter = createReporter(flags);
  const files = flags.events ?? [await simulateMonth(reporter)];
  const { events } = await loadEvents(files, {}, reporter.stage("Reading and cleaning events"));
  const data = holdOutFamilies(await toInteractions(events), flags);
  const rows: BenchRow[] = [];
  for (const candidate of candidates) {
    const progress = reporter.stage(`Fitting and measuring ${candidate.algorithm.name}`);
    rows.push(...await measureFamily(candidate, data, progress));
  }
  reporter.finish();
  await reportRows(rows, flags);
}

function candidatesOf(algorithm: Algorithm): Candidate[] {
  const variant = VARIANTS[algorithm.name];
  return [{ algorithm, options: {} }, ...(variant ? [{ algorithm, options: variant }] : [])];
}

if (import.meta.main) {
  const command = new Command("deno task bench:families")
    .description(
      "Measures what each kind of model is good at on a shop's events: new products, the next " +
        "product, repeats and newcomers. The latest fifth of the events is held out",
    )
    .option("--events <files...>", "the shop's events (default: a simulated month)")
    .addOption(
      new Option("--models <names>", "models to measure").argParser(commaList)
        .default(algorithms.map(({ name }) => name), "all"),
    )
    .option("--questions <n>", "number of next-product predictions", wholeNumber(1), 5000)
    .option("--seed <n>", "seed of their sample", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
