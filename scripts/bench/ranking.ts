/** `deno task bench:ranking`: how well the models rank on a published split. */
import { Command, Option } from "commander";
import { type PreparedHoldout, prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import type { BlendMember } from "../../src/models/blend_members.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { commaList, positiveNumber, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { fixedOptions, shownOptions } from "./lib/quality/bench_blend.ts";
import { newItemQuestions } from "./lib/quality/quality_data.ts";
import { climbOptions } from "./lib/quality/option_climb.ts";
import { holdOut, readRankingData } from "./lib/quality/ranking_data.ts";
import {
  measureRanking,
  RANKING_METRICS,
  type RankingFigures,
} from "./lib/quality/ranking_figures.ts";
import { measureRankingPeers } from "./lib/quality/ranking_peers.ts";
import { searchLikeTune } from "./lib/quality/tune_search.ts";
import { knownVariants, searchableOptions } from "./lib/quality/variants.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";

/** Models that work without times, sessions and product data. */
const MODELS = ["popularity", "pure_svd", "item_knn", "als", "graph_svd", "ease", "blend"];
const VALIDATION_SHARE = 0.2;
/** Options without effect here: each user's events happen at once, and each weighs 1. */
const NO_EFFECT = new Set(["halfLifeDays", "historyHalfLifeDays", "pairHalfLifeDays", "rating"]);

interface Measured {
  /** For each cut-off. */
  readonly figures: readonly RankingFigures[];
  /** What the model was fitted with, and what it chose where that was auto. */
  readonly options: object;
  readonly fitSeconds: number;
}

/** Fits a model to the history and measures its lists of items that are new to the users. */
async function measure(
  algorithm: Algorithm,
  options: object,
  holdout: PreparedHoldout,
  { cutOffs, reporter }: { cutOffs: readonly number[]; reporter: Reporter },
): Promise<Measured> {
  const { name, defaults } = algorithm;
  const fitting = reporter.stage(`Fitting ${name} ${JSON.stringify(shownOptions(options))}`);
  const start = performance.now();
  const model = await algorithm.fit(holdout.history, options, fitting);
  const fitSeconds = (performance.now() - start) / 1000;
  const ranking = reporter.stage(`Ranking with ${name} for ${holdout.users.length} users`);
  const figures = measureRanking(model, holdout, cutOffs, ranking);
  return { figures, fitSeconds, options: { ...defaults, ...options, ...model.chosen } };
}

/** The options with the highest NDCG on the validation part that a climb finds. */
async function search(
  algorithm: Algorithm,
  fixed: object,
  validation: PreparedHoldout,
  { k, reporter }: { k: number; reporter: Reporter },
): Promise<object> {
  const { start, space } = searchableOptions(algorithm, NO_EFFECT);
  if (Object.keys(space).length === 0) return {};
  const { options } = await climbOptions(start, space, async (tried) => {
    const { figures: [{ recall, ndcg }] } = await measure(
      algorithm,
      { ...fixed, ...tried },
      validation,
      { cutOffs: [k], reporter },
    );
    reporter.log(
      `${algorithm.name} ${JSON.stringify(tried)} on validation: recall@${k} ` +
        `${recall.toFixed(4)}, ndcg@${k} ${ndcg.toFixed(4)}`,
    );
    return ndcg;
  });
  return options;
}

/** The options that a search like that of `deno task tune` finds in some minutes. */
async function tuned(
  algorithm: Algorithm,
  validation: PreparedHoldout,
  { k, reporter, ...options }: {
    fixed: object;
    minutes: number;
    k: number;
    seed: number;
    reporter: Reporter;
  },
): Promise<object> {
  const found = await searchLikeTune(
    algorithm,
    {
      train: validation.history,
      ndcg: (model) => measureRanking(model, validation, [k])[0].ndcg,
    },
    { ...options, withoutEffect: NO_EFFECT },
    reporter.stage(`Tuning ${algorithm.name}`),
  );
  return found?.options ?? {};
}

function toRows(
  name: string,
  { figures, fitSeconds, options }: Measured,
  cutOffs: readonly number[],
): BenchRow[] {
  const row = { bench: "ranking", name, unit: "share", options: shownOptions(options) };
  return [
    ...figures.flatMap((values, i) =>
      RANKING_METRICS.map((metric) => ({
        ...row,
        metric: `${metric}@${cutOffs[i]}`,
        value: values[metric],
      }))
    ),
    { ...row, metric: "fit", unit: "s", value: fitSeconds },
  ];
}

function readCutOffs(text: string): number[] {
  return [...new Set(commaList(text).map(wholeNumber(1, 1000)))];
}

interface Flags extends ResultFlags {
  readonly data: string;
  readonly models: string[];
  readonly k: number[];
  readonly defaults?: boolean;
  readonly withPeers?: boolean;
  readonly minutes?: number;
  readonly validationUsers: number;
  readonly seed: number;
}

async function run(flags: Flags): Promise<void> {
  const { data, seed, minutes, validationUsers: maxUsers } = flags;
  const [k] = flags.k;
  const algorithms = flags.models.map(algorithmNamed);
  const reporter = createReporter({ quiet: flags.quiet });
  reporter.stage(`Reading ${data}`);
  const test = await readRankingData(data);
  const held = holdOut(test.history, { share: VALIDATION_SHARE, seed });
  const validation = prepareHoldout(held, { maxUsers, seed });
  const testing = prepareHoldout(test);

  const rows: BenchRow[] = [], members: BlendMember[] = [];
  for (const algorithm of algorithms) {
    const { name } = algorithm;
    const fixed = fixedOptions(algorithm, members, { share: VALIDATION_SHARE, k });
    const variants = knownVariants(algorithm);
    if (!flags.defaults) {
      const options = minutes === undefined
        ? await search(algorithm, fixed, validation, { k, reporter })
        : await tuned(algorithm, validation, { fixed, minutes, k, seed, reporter });
      if (Object.keys(options).length > 0) variants.push({ name: `${name}, searched`, options });
    }
    members.push({ name, options: variants[flags.defaults ? 0 : variants.length - 1].options });
    for (const variant of variants) {
      const options = { ...fixed, ...variant.options };
      const measured = await measure(algorithm, options, testing, { cutOffs: flags.k, reporter });
      rows.push(...toRows(variant.name, measured, flags.k));
    }
  }
  if (flags.withPeers) {
    reporter.stage("Measuring implicit");
    const tasks = {
      validation: { train: held.history, questions: newItemQuestions(validation) },
      test: { train: test.history, questions: newItemQuestions(testing) },
      onlyNew: true,
    };
    rows.push(...await measureRankingPeers(tasks, { k, seed }));
  }
  reporter.finish();
  await reportRows(rows, flags);
}

if (import.meta.main) {
  const command = new Command("deno task bench:ranking")
    .description(
      "Measures recall, NDCG, precision and F1 of full rankings, with default options, as " +
        "published, and searched on a part held out of the training data",
    )
    .requiredOption("--data <dir>", "folder with train.txt and test.txt, one line per user")
    .addOption(
      new Option("--models <names>", "models to measure; blend combines those before it")
        .argParser(commaList)
        .default(MODELS, MODELS.join(", ")),
    )
    .option(
      "--k <list>",
      "lengths of the lists; the search is for the NDCG of the first",
      readCutOffs,
      [20],
    )
    .option("--defaults", "don't search")
    .option("--with-peers", "also measure implicit, in .venv-peers-recommenders")
    .option(
      "--minutes <n>",
      "search as deno task tune does, for n minutes a model, instead of climbing",
      positiveNumber,
    )
    .option(
      "--validation-users <n>",
      "evaluate at most n users in the search",
      wholeNumber(1),
      3000,
    )
    .option("--seed <n>", "seed of the held-out part", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
