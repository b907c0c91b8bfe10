/** `deno task bench:calibration`: what calibrated lists gain and cost. */
import { Command, InvalidArgumentError, Option } from "commander";
import { prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import { loadEvents } from "../../src/events/load.ts";
import { toInteractions } from "../../src/events/to_interactions.ts";
import { splitByTime } from "../../src/interactions/split.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { simulateMonth } from "../lib/ensure_artifact.ts";
import { createReporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { measureCalibrated } from "./lib/quality/calibrated_lists.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";

const METRICS = ["ndcg", "recall", "coverage", "calibrationError"] as const;

interface Flags extends ResultFlags {
  readonly events?: string[];
  readonly models: string[];
  readonly weights: number[];
  readonly k: number;
  readonly users: number;
}

async function run(flags: Flags): Promise<void> {
  const { k, weights } = flags;
  const algorithms = flags.models.map(algorithmNamed);
  const reporter = createReporter(flags);
  const files = flags.events ?? [await simulateMonth(reporter)];
  const { events } = await loadEvents(files, {}, reporter.stage("Reading and cleaning events"));
  const shop = await toInteractions(events);
  const { catalogue } = shop;
  const { trainAndValidation: past, test: truth } = splitByTime(shop);
  const history = { ...past, catalogue };
  const prepared = prepareHoldout({ history, truth }, { maxUsers: flags.users });
  const rows: BenchRow[] = [];
  for (const algorithm of algorithms) {
    const { name } = algorithm;
    const model = await algorithm.fit(past, {}, reporter.stage(`Fitting ${name}`));
    const progress = reporter.stage(`Measuring ${name}`);
    const results = measureCalibrated(model, { ...prepared, history }, { k, weights }, progress);
    rows.push(...results.flatMap((result, w) =>
      METRICS.map((metric) => ({
        ...{ bench: "calibration", name: `${name}, ${weights[w]}`, metric: `${metric}@${k}` },
        ...{ value: result[metric] ?? NaN, unit: "share", options: { weight: weights[w] } },
      }))
    ));
  }
  reporter.finish();
  await reportRows(rows, flags);
}

function readWeights(text: string): number[] {
  const weights = commaList(text).map(Number);
  if (weights.every((weight) => weight >= 0 && weight <= 1)) return weights;
  throw new InvalidArgumentError("It must be numbers from 0 to 1, for example 0,0.5.");
}

if (import.meta.main) {
  const command = new Command("deno task bench:calibration")
    .description(
      "Measures lists of new products that are calibrated to the user's own categories, on the " +
        "test window, with several weights: accuracy, coverage and calibration error",
    )
    .option("--events <files...>", "the shop's events (default: a simulated month)")
    .addOption(
      new Option("--models <names>", "models to measure").argParser(commaList)
        .default(["als", "item_knn"], "als, item_knn"),
    )
    .option("--weights <list>", "the API's parameter calibration", readWeights, [0, 0.1, 0.3, 0.5])
    .option("--k <n>", "length of the lists", wholeNumber(1, 100), 10)
    .option("--users <n>", "measure at most n users", wholeNumber(1), 5000)
    .action(run);
  await runTask(addResultOptions(command));
}
