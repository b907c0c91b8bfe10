/** `deno task bench:next-item`: how well models predict the next item of a session. */
import { Command, Option } from "commander";
import type { IdMap } from "../../../src/interactions/id_map.ts";
import type { Algorithm, Model } from "../../../src/models/model.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import type { TrialOptions } from "../../../src/training/tune/search_space.ts";
import { commaList, runTask } from "../../lib/cli.ts";
import { createReporter, type Reporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { fixedOptions, shownOptions } from "../lib/quality/bench_blend.ts";
import {
  type NextItemData,
  questionsOf,
  readNextItemData,
  sessionInteractions,
  splitSessions,
} from "../lib/quality/next_item_data.ts";
import { measureNextItem } from "../lib/quality/next_item_metrics.ts";
import { climbOptions } from "../lib/quality/option_climb.ts";
import { knownVariants, searchableOptions, type Variant } from "../lib/quality/variants.ts";
import { type BenchRow, reportRows } from "../lib/results.ts";

/** A model of taste beside those of sequence. */
const MODELS = ["pure_svd", "item_knn", "sequential_rules", "session_knn", "blend"];
const K = 20;
/** Number of prefixes of the last training sessions that options are chosen on. */
const VALIDATION_QUESTIONS = 10_000;
/** Options without effect here: each user has one session of views without times. */
const NO_EFFECT = new Set([
  "halfLifeDays",
  "historyHalfLifeDays",
  "pairHalfLifeDays",
  "rating",
  "sessionDecay",
  "sessionHalfLifeDays",
]);

/** A model and the best options found for it. */
interface Tuned {
  readonly name: string;
  readonly options: TrialOptions;
}

async function fit(
  algorithm: Algorithm,
  { sessions, itemIds }: { sessions: readonly Uint32Array[]; itemIds: IdMap },
  options: object,
): Promise<Model> {
  return await algorithm.fit(sessionInteractions(sessions, itemIds), options);
}

async function benchmark(
  algorithm: Algorithm,
  data: NextItemData,
  { members, reporter }: { members: readonly Tuned[]; reporter: Reporter },
): Promise<{ found: Tuned; rows: BenchRow[] }> {
  const { name } = algorithm;
  const fixed = fixedOptions(algorithm, members, { target: "next", exclude: "none", k: K });
  const { past, last } = splitSessions(data.sessions, VALIDATION_QUESTIONS);
  const validation = questionsOf(last);
  const { start, space } = searchableOptions(algorithm, NO_EFFECT);
  const { options, value, trials } = await climbOptions(
    start,
    space,
    async (options) => {
      const model = await fit(algorithm, { ...data, sessions: past }, { ...fixed, ...options });
      return measureNextItem(model, validation, { k: K }).ndcg;
    },
    reporter.stage(`Searching options of ${name}`),
  );
  const rows: BenchRow[] = [];
  for (
    const variant of [...knownVariants(algorithm), { name: `${name}, searched`, options }]
  ) {
    rows.push(...await test(algorithm, { ...variant, fixed }, data, reporter));
  }
  reporter.finish();
  reporter.log(`${name}: NDCG@${K} ${value.toFixed(4)} on validation, best of ${trials} trials`);
  return { found: { name, options }, rows };
}

/** Fits a variant to all training sessions and measures it on the test questions. */
async function test(
  algorithm: Algorithm,
  { name, options, fixed }: Variant & { fixed: object },
  data: NextItemData,
  reporter: Reporter,
): Promise<BenchRow[]> {
  reporter.stage(`Fitting ${name}`);
  const start = performance.now();
  const model = await fit(algorithm, data, { ...fixed, ...options });
  const fitSeconds = (performance.now() - start) / 1000;
  const progress = reporter.stage(`Testing ${name}`);
  const { hitRate, mrr } = measureNextItem(model, data.questions, { k: K, progress });
  const shown = shownOptions({ ...fixed, ...options, ...model.chosen });
  const row = { bench: "next-item", name, unit: "share", options: shown };
  return [
    { ...row, metric: `hr@${K}`, value: hitRate },
    { ...row, metric: `mrr@${K}`, value: mrr },
    { ...row, metric: "fit", unit: "s", value: fitSeconds },
  ];
}

interface Flags extends ResultFlags {
  readonly data: string;
  readonly models: string[];
}

async function run({ data: folder, models, json, quiet }: Flags): Promise<void> {
  const algorithms = models.map(algorithmNamed);
  const reporter = createReporter({ quiet });
  const data = await readNextItemData(folder);
  const members: Tuned[] = [], rows: BenchRow[] = [];
  for (const algorithm of algorithms) {
    const result = await benchmark(algorithm, data, { members, reporter });
    members.push(result.found);
    rows.push(...result.rows);
  }
  await reportRows(rows, { json });
}

if (import.meta.main) {
  const command = new Command("deno task bench:next-item")
    .description(
      "Measures HR@20 and MRR@20 of the next item for every prefix of every test session, by " +
        "full ranking, with default options, as published and searched on the last training " +
        "sessions",
    )
    .requiredOption("--data <dir>", "folder with train_sessions.txt and test_prefix_target.tsv")
    .addOption(
      new Option("--models <names>", "models to measure; blend combines those before it")
        .argParser(commaList)
        .default(MODELS, MODELS.join(", ")),
    )
    .action(run);
  await runTask(addResultOptions(command));
}
