/** `deno task bench:ranking`: recall and NDCG of the models on a published split of users' items. */
import { Command } from "commander";
import { type PreparedHoldout, prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import type { BlendMember } from "../../src/models/blend_members.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { fixedOptions, shownOptions } from "./lib/quality/bench_blend.ts";
import { holdOut, readRankingData } from "./lib/quality/ranking_data.ts";
import { measureRanking, type RankingFigures } from "./lib/quality/ranking_figures.ts";
import { combinations, RANKING_GRIDS, type RankingGrid } from "./lib/quality/ranking_grid.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";

const K = 20;
const VALIDATION_SHARE = 0.2;

/** Fits a model to the history and measures its lists of products that are new to the users. */
async function measure(
  algorithm: Algorithm,
  options: object,
  holdout: PreparedHoldout,
  reporter: Reporter,
): Promise<RankingFigures> {
  const { name } = algorithm;
  const fitting = reporter.stage(`Fitting ${name} ${JSON.stringify(shownOptions(options))}`);
  const model = await algorithm.fit(holdout.history, options, fitting);
  const ranking = reporter.stage(`Ranking with ${name} for ${holdout.users.length} users`);
  return measureRanking(model, holdout, K, ranking);
}

/** The options with the highest NDCG on what was held out of the training data. */
async function search(
  algorithm: Algorithm,
  { fixed, grid }: { fixed: object; grid: RankingGrid },
  validation: PreparedHoldout,
  reporter: Reporter,
): Promise<object> {
  let best = { options: {}, ndcg: -Infinity };
  const candidates = combinations(grid).map((options) => ({ ...fixed, ...options }));
  if (candidates.length === 1) return candidates[0];
  for (const options of candidates) {
    const { recall, ndcg } = await measure(algorithm, options, validation, reporter);
    reporter.log(
      `${algorithm.name} ${JSON.stringify(shownOptions(options))} on validation: ` +
        `recall@${K} ${recall.toFixed(4)}, ndcg@${K} ${ndcg.toFixed(4)}`,
    );
    if (ndcg > best.ndcg) best = { options, ndcg };
  }
  return best.options;
}

function toRows(name: string, options: object, { recall, ndcg }: RankingFigures): BenchRow[] {
  const row = { bench: "ranking", name, unit: "share", options: shownOptions(options) };
  return [
    { ...row, metric: `recall@${K}`, value: recall },
    { ...row, metric: `ndcg@${K}`, value: ndcg },
  ];
}

interface Flags {
  readonly data: string;
  readonly models: string[];
  readonly defaults?: boolean;
  readonly validationUsers: number;
  readonly seed: number;
  readonly json?: string;
  readonly quiet?: boolean;
}

async function run(flags: Flags): Promise<void> {
  const { data, seed } = flags;
  const algorithms = flags.models.map(algorithmNamed);
  const reporter = createReporter({ quiet: flags.quiet });
  reporter.stage(`Reading ${data}`);
  const test = await readRankingData(data);
  const validation = prepareHoldout(
    holdOut(test.history, { share: VALIDATION_SHARE, seed }),
    { maxUsers: flags.validationUsers, seed },
  );
  const testing = prepareHoldout(test);

  const rows: BenchRow[] = [], members: BlendMember[] = [];
  for (const algorithm of algorithms) {
    const grid = flags.defaults ? {} : RANKING_GRIDS[algorithm.name] ?? {};
    const fixed = fixedOptions(algorithm, members, { share: VALIDATION_SHARE, k: K });
    const found = await search(algorithm, { fixed, grid }, validation, reporter);
    const figures = await measure(algorithm, found, testing, reporter);
    members.push({ name: algorithm.name, options: found });
    rows.push(...toRows(algorithm.name, { ...algorithm.defaults, ...found }, figures));
  }
  reporter.finish();
  await reportRows(rows, flags);
}

if (import.meta.main) {
  const command = new Command("deno task bench:ranking")
    .description(
      "Measures recall@20 and ndcg@20 of full rankings. Options are searched on a part held out of the " +
        "training data; the test is looked at once for each model",
    )
    .requiredOption("--data <dir>", "folder with train.txt and test.txt, a line for each user")
    .option(
      "--models <names>",
      "models; blend mixes those before it",
      commaList,
      Object.keys(RANKING_GRIDS),
    )
    .option("--defaults", "don't search, take the documented defaults")
    .option(
      "--validation-users <n>",
      "measure at most so many users in the search",
      wholeNumber(1),
      3000,
    )
    .option("--seed <n>", "determines the part held out", wholeNumber(0), 1)
    .option("--json <file>", "also write the figures as JSON")
    .option("--quiet", "say nothing of the progress")
    .action(run);
  await runTask(command);
}
