/**
 * `deno task bench:ratings`: how well svd predicts ratings, on the five folds of MovieLens 100k.
 */
import { Command } from "commander";
import { mean } from "../../src/base/statistics.ts";
import type { RatingErrors } from "../../src/evaluation/rating_errors.ts";
import { svd, type SvdOptions } from "../../src/models/svd.ts";
import { runTask } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { formatTable } from "../lib/tables/table.ts";
import { writeJson } from "../lib/write_json.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { measureFit } from "./lib/quality/rating_errors.ts";
import { type RatingFold, readRatingFold } from "./lib/quality/rating_folds.ts";
import { type RatingGrid, searchRatingOptions } from "./lib/quality/rating_search.ts";
import type { BenchRow } from "./lib/results.ts";

const FOLDS = [1, 2, 3, 4, 5];

/** Both forms of the model, each at the defaults that Surprise documents for it. */
const FORMS: Readonly<Record<string, SvdOptions>> = {
  svd: svd.defaults,
  svd_implicit: {
    ...svd.defaults,
    implicit: true,
    factors: 20,
    epochs: 20,
    learningRate: 0.007,
    regularization: 0.02,
  },
};

const GRID: RatingGrid = {
  factors: [50],
  learningRate: [0.01],
  epochs: [20, 40, 80],
  regularization: [0.1, 0.15],
  foldInRegularization: [4, 8, 15],
};

/** RMSE and MAE of Surprise's SVD and SVD++ at their defaults. */
const SURPRISE: Readonly<Record<string, { readme: string; sameFolds: string }>> = {
  svd: { readme: "0.934 / 0.737", sameFolds: "0.938 / 0.739" },
  svd_implicit: { readme: "0.919 / 0.721", sameFolds: "" },
};

/** The errors of one way of predicting on one fold. */
interface Measured {
  readonly name: string;
  readonly fold: number;
  readonly errors: RatingErrors;
  readonly options: SvdOptions;
}

function* measureFold(fold: RatingFold, number: number, reporter: Reporter): Generator<Measured> {
  for (const [form, base] of Object.entries(FORMS)) {
    reporter.stage(`Fold ${number}: fitting ${form} with defaults`);
    const { learned, foldIn } = measureFit(fold, base);
    yield { name: form, fold: number, errors: learned, options: base };
    yield { name: `${form}_fold_in`, fold: number, errors: foldIn[0], options: base };

    const progress = reporter.stage(`Fold ${number}: searching options of ${form}`);
    const best = searchRatingOptions(fold.train, { base, grid: GRID, progress });
    const { learned: bestLearned } = measureFit(fold, best.learned);
    const { foldIn: bestFoldIn } = measureFit(fold, best.foldIn);
    yield { name: `${form}_best`, fold: number, errors: bestLearned, options: best.learned };
    yield {
      name: `${form}_fold_in_best`,
      fold: number,
      errors: bestFoldIn[0],
      options: best.foldIn,
    };
  }
}

function formatErrors(byName: Map<string, Measured[]>): string {
  const rows = [...byName].map(([name, measured]) => {
    const rmse = measured.map(({ errors }) => errors.rmse);
    return [
      name,
      mean(rmse).toFixed(4),
      ...rmse.map((value) => value.toFixed(4)),
      mean(measured.map(({ errors }) => errors.mae)).toFixed(4),
      SURPRISE[name]?.sameFolds ?? "",
      SURPRISE[name]?.readme ?? "",
    ];
  });
  const folds = FOLDS.map((fold) => `u${fold}`);
  const head = ["", "RMSE", ...folds, "MAE", "Surprise, these folds", "its README, random folds"];
  return formatTable(head, rows);
}

function formatOptions(byName: Map<string, Measured[]>): string {
  const names = Object.keys(GRID) as (keyof SvdOptions)[];
  const rows = [...byName].filter(([name]) => name.endsWith("_best")).flatMap(([name, measured]) =>
    measured.map(({ fold, options }) => [
      `${name}, u${fold}`,
      ...names.map((option) => String(options[option])),
    ])
  );
  return formatTable(["options found", ...names], rows);
}

function toRows(byName: Map<string, Measured[]>): BenchRow[] {
  return [...byName].flatMap(([name, measured]) =>
    (["rmse", "mae"] as const).map((metric) => ({
      bench: "ratings",
      name,
      metric,
      value: mean(measured.map(({ errors }) => errors[metric])),
      unit: "stars",
      options: name.endsWith("_best")
        ? Object.fromEntries(measured.map(({ fold, options }) => [`u${fold}`, options]))
        : measured[0].options,
    }))
  );
}

interface Flags extends ResultFlags {
  readonly data: string;
}

async function run({ data, json, quiet }: Flags): Promise<void> {
  const reporter = createReporter({ quiet });
  const measured: Measured[] = [];
  for (const number of FOLDS) {
    measured.push(...measureFold(await readRatingFold(data, number), number, reporter));
  }
  reporter.finish();
  const byName = Map.groupBy(measured, ({ name }) => name);
  console.log(formatErrors(byName));
  console.log(formatOptions(byName));
  if (json !== undefined) await writeJson(json, toRows(byName));
}

if (import.meta.main) {
  const command = new Command("deno task bench:ratings")
    .description(
      "Measures RMSE and MAE of predicted ratings, by learned user factors and by folding in",
    )
    .requiredOption("--data <dir>", "folder with u1.base, u1.test … u5.base, u5.test")
    .action(run);
  await runTask(addResultOptions(command));
}
