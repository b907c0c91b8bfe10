/** `deno task bench:ranking`: how well the models rank on a published split. */
import { Command, Option } from "commander";
import { type PreparedHoldout, prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import type { BlendMember } from "../../src/models/blend_members.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import type { SearchSpace } from "../../src/models/options/declarations.ts";
import { gridOf } from "../../src/training/tune/search_space.ts";
import { commaList, positiveNumber, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { fixedOptions, shownOptions } from "./lib/quality/bench_blend.ts";
import { holdOut, readRankingData } from "./lib/quality/ranking_data.ts";
import {
  measureRanking,
  RANKING_METRICS,
  type RankingFigures,
} from "./lib/quality/ranking_figures.ts";
import { searchLikeTune } from "./lib/quality/ranking_search.ts";
import { RANKING_GRIDS } from "./lib/quality/ranking_grids.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";

const VALIDATION_SHARE = 0.2;

/** Fits a model to the history and measures its lists of items that are new to the users. */
async function measure(
  algorithm: Algorithm,
  options: object,
  holdout: PreparedHoldout,
  { cutOffs, reporter }: { cutOffs: readonly number[]; reporter: Reporter },
): Promise<RankingFigures[]> {
  const { name } = algorithm;
  const fitting = reporter.stage(`Fitting ${name} ${JSON.stringify(shownOptions(options))}`);
  const model = await algorithm.fit(holdout.history, options, fitting);
  const ranking = reporter.stage(`Ranking with ${name} for ${holdout.users.length} users`);
  return measureRanking(model, holdout, cutOffs, ranking);
}

/** The options with the highest NDCG on the validation part. */
async function search(
  algorithm: Algorithm,
  { fixed, grid }: { fixed: object; grid: SearchSpace },
  validation: PreparedHoldout,
  { k, reporter }: { k: number; reporter: Reporter },
): Promise<object> {
  let best = { options: {}, ndcg: -Infinity };
  const candidates = gridOf(grid).map((options) => ({ ...fixed, ...options }));
  if (candidates.length === 1) return candidates[0];
  for (const options of candidates) {
    const [{ recall, ndcg }] = await measure(algorithm, options, validation, {
      cutOffs: [k],
      reporter,
    });
    reporter.log(
      `${algorithm.name} ${JSON.stringify(shownOptions(options))} on validation: ` +
        `recall@${k} ${recall.toFixed(4)}, ndcg@${k} ${ndcg.toFixed(4)}`,
    );
    if (ndcg > best.ndcg) best = { options, ndcg };
  }
  return best.options;
}

function toRows(
  name: string,
  options: object,
  figures: ReadonlyMap<number, RankingFigures>,
): BenchRow[] {
  const row = { bench: "ranking", name, unit: "share", options: shownOptions(options) };
  return [...figures].flatMap(([k, values]) =>
    RANKING_METRICS.map((metric) => ({ ...row, metric: `${metric}@${k}`, value: values[metric] }))
  );
}

function readCutOffs(text: string): number[] {
  return [...new Set(commaList(text).map(wholeNumber(1, 1000)))];
}

interface Flags extends ResultFlags {
  readonly data: string;
  readonly models: string[];
  readonly k: number[];
  readonly defaults?: boolean;
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
    const grid = flags.defaults ? {} : RANKING_GRIDS[algorithm.name] ?? {};
    const fixed = fixedOptions(algorithm, members, { share: VALIDATION_SHARE, k });
    const found = minutes === undefined || flags.defaults
      ? await search(algorithm, { fixed, grid }, validation, { k, reporter })
      : await searchLikeTune(
        algorithm,
        held,
        { fixed, minutes, k, maxUsers, seed },
        reporter.stage(`Tuning ${algorithm.name}`),
      );
    const figures = await measure(algorithm, found, testing, { cutOffs: flags.k, reporter });
    members.push({ name: algorithm.name, options: found });
    rows.push(
      ...toRows(
        algorithm.name,
        { ...algorithm.defaults, ...found },
        new Map(flags.k.map((k, i) => [k, figures[i]])),
      ),
    );
  }
  reporter.finish();
  await reportRows(rows, flags);
}

if (import.meta.main) {
  const command = new Command("deno task bench:ranking")
    .description(
      "Measures recall, NDCG, precision and F1 of full rankings. Options are searched on a part " +
        "held out of the training data; the test part is evaluated once per model",
    )
    .requiredOption("--data <dir>", "folder with train.txt and test.txt, one line per user")
    .addOption(
      new Option("--models <names>", "models to measure; blend combines those before it")
        .argParser(commaList)
        .default(Object.keys(RANKING_GRIDS), Object.keys(RANKING_GRIDS).join(", ")),
    )
    .option(
      "--k <list>",
      "lengths of the lists; the search is for the NDCG of the first",
      readCutOffs,
      [20],
    )
    .option("--defaults", "use the default options instead of searching")
    .option(
      "--minutes <n>",
      "search as deno task tune does, for n minutes a model, instead of the grids",
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
