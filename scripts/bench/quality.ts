/** `deno task bench:quality`: every model on several data sets, with defaults before and now. */
import { Command, Option } from "commander";
import { InputError } from "../../src/base/input_error.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import type { Holdout } from "../../src/evaluation/holdout.ts";
import { historyOf, type Interactions } from "../../src/interactions/interactions.ts";
import { DEFAULT_MEMBERS } from "../../src/models/blend.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { commaList, positiveNumber, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { earlierOptions } from "./lib/quality/earlier_options.ts";
import { type QualityData, readQualityData } from "./lib/quality/quality_data.ts";
import { measureRankingPeers } from "./lib/quality/ranking_peers.ts";
import { searchLikeTune, type SearchTask } from "./lib/quality/tune_search.ts";
import { publishedOptions } from "./lib/quality/variants.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";
import { stopwatch } from "./lib/stopwatch.ts";

const MODELS = [
  ...["popularity", "content", "svd", "pure_svd", "als", "item_knn", "ease", "graph_svd"],
  ...["sequential_rules", "session_knn", "blend"],
];
/** Share of the training data that implicit's options are searched on. */
const PEERS_SHARE = 0.2;

interface Flags extends ResultFlags {
  readonly data: string[];
  readonly models: string[];
  readonly k: number;
  readonly users: number;
  readonly minutes?: number;
  readonly python?: string;
  readonly seed: number;
}

/** The options of all models on one data set: defaults before, and searched ones. */
interface Known {
  readonly before: Map<string, object>;
  readonly searched: Map<string, object>;
}

async function run(flags: Flags): Promise<void> {
  const algorithms = flags.models.map(algorithmNamed);
  const reporter = createReporter(flags);
  const rows: BenchRow[] = [], omitted: string[] = [];
  for (const path of flags.data) {
    reporter.stage(`Reading ${path}`);
    const data = await readQualityData(path, flags);
    const known: Known = { before: new Map(), searched: new Map() };
    for (const algorithm of algorithms) {
      try {
        rows.push(...await measure(algorithm, data, known, { ...flags, reporter }));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        omitted.push(`${data.name}: ${algorithm.name} is left out: ${error.message}`);
      }
    }
    if (flags.python !== undefined && data.pairs) {
      reporter.stage("Measuring implicit");
      rows.push(...await measurePeers(data.name, data.pairs, flags));
    }
  }
  reporter.finish();
  for (const line of omitted) console.error(line);
  await reportRows(rows, flags);
}

/** One row of the table: a model on a data set. */
async function measure(
  algorithm: Algorithm,
  data: QualityData,
  known: Known,
  { k, minutes, seed, reporter }: Pick<Flags, "k" | "minutes" | "seed"> & { reporter: Reporter },
): Promise<BenchRow[]> {
  const isBlend = algorithm.name === "blend";
  const fixed = isBlend ? { ...data.blend, k } : {};
  const before = isBlend
    ? withMembers(known.before)
    : earlierOptions(algorithm.name, data.test.train);
  if (before) known.before.set(algorithm.name, before);
  const variants: Record<string, object | undefined> = {
    before,
    now: {},
    published: publishedOptions(algorithm),
  };
  if (minutes !== undefined) {
    reporter.stage(`Searching options of ${algorithm.name} on ${data.name}`);
    const searched = isBlend
      ? withMembers(known.searched)
      : (await searchLikeTune(algorithm, data.validation(), { minutes, seed }))?.options;
    if (searched) known.searched.set(algorithm.name, searched);
    variants.searched = searched;
  }
  const rows: BenchRow[] = [];
  for (const [variant, options] of Object.entries(variants)) {
    if (!options) continue;
    reporter.stage(`Measuring ${algorithm.name}, ${variant}, on ${data.name}`);
    const { ndcg, seconds } = await fitAndMeasure(algorithm, { ...fixed, ...options }, data.test);
    const row = { bench: "quality", name: `${data.name}: ${algorithm.name}` };
    const shown = known.searched.get(algorithm.name) ?? {};
    const values = { ...row, options: isBlend ? {} : shown };
    rows.push({ ...values, metric: `ndcg@${k} ${variant}`, value: ndcg, unit: "share" });
    if (variant === "now") {
      rows.push({ ...values, metric: "fit now", value: seconds, unit: "CPU s" });
    }
  }
  return rows;
}

/** A blend's default members with other options; `undefined` if no member has any. */
function withMembers(optionsOf: ReadonlyMap<string, object>): object | undefined {
  if (!DEFAULT_MEMBERS.some(({ name }) => optionsOf.has(name))) return;
  return {
    members: DEFAULT_MEMBERS.map(({ name }) => ({ name, options: optionsOf.get(name) ?? {} })),
  };
}

async function fitAndMeasure(
  algorithm: Algorithm,
  options: object,
  { train, ndcg }: SearchTask,
): Promise<{ ndcg: number; seconds: number }> {
  const elapsed = stopwatch();
  const model = await algorithm.fit(train, options);
  const { cpu_seconds } = elapsed();
  return { ndcg: ndcg(model), seconds: cpu_seconds };
}

/** Measures implicit on the same pairs, with options searched on a part held out. */
async function measurePeers(
  name: string,
  { history, truth }: Holdout,
  { k, seed, python }: Flags,
): Promise<BenchRow[]> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await Deno.writeTextFile(`${folder}/train.txt`, toLines(history));
  await Deno.writeTextFile(`${folder}/test.txt`, toLines(truth));
  const rows = await measureRankingPeers(folder, { k, share: PEERS_SHARE, seed, python });
  return rows.filter(({ metric }) => !metric.startsWith("recall")).map((row) => ({
    ...row,
    bench: "quality",
    name: `${name}: ${row.name}`,
    ...(row.unit === "share"
      ? { metric: `${row.metric} searched` }
      : { metric: "fit, wall-clock" }),
  }));
}

function toLines(pairs: Interactions): string {
  return Array.from({ length: pairs.userIds.size }, (_, user) => user)
    .filter((user) => pairs.indptr[user + 1] > pairs.indptr[user])
    .map((user) => [user, ...historyOf(pairs, user).items].join(" "))
    .join("\n");
}

if (import.meta.main) {
  const command = new Command("deno task bench:quality")
    .description(
      "Measures the NDCG of each model on each data set: with the defaults of earlier versions, " +
        "with today's, with the options of its paper, and searched. Models that don't fit a data " +
        "set are named and left out",
    )
    .requiredOption(
      "--data <paths...>",
      "folders with train_sessions.txt, train.txt or u.data, or files of a shop's events",
    )
    .addOption(
      new Option("--models <names>", "models to measure").argParser(commaList)
        .default(MODELS, MODELS.join(", ")),
    )
    .option("--k <n>", "length of the lists", wholeNumber(1, 1000), 20)
    .option("--users <n>", "measure at most n users or sessions", wholeNumber(1), 4000)
    .option("--minutes <n>", "also search options, at most n minutes a model", positiveNumber)
    .option("--python <file>", "a Python with implicit, to measure it on data without times")
    .option("--seed <n>", "seed of what is sampled and held out", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
