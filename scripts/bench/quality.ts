/** `deno task bench:quality`: every model on several data sets, with defaults before and now. */
import { Command, Option } from "commander";
import { InputError } from "../../src/base/input_error.ts";
import { DEFAULT_MEMBERS } from "../../src/models/blend.ts";
import type { Algorithm } from "../../src/models/model.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { commaList, positiveNumber, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { earlierOptions } from "./lib/quality/earlier_options.ts";
import { climbOptions } from "./lib/quality/option_climb.ts";
import { type QualityData, readQualityData } from "./lib/quality/quality_data.ts";
import { measureRankingPeers } from "./lib/quality/ranking_peers.ts";
import { searchLikeTune, type SearchTask } from "./lib/quality/tune_search.ts";
import { optionsOfOwnItems, publishedOptions, searchableOptions } from "./lib/quality/variants.ts";
import { type BenchRow, reportRows } from "./lib/results.ts";
import { stopwatch } from "./lib/stopwatch.ts";

const MODELS = [
  ...["popularity", "content", "svd", "pure_svd", "als", "item_knn", "ease", "graph_svd"],
  ...["sequential_rules", "session_knn", "blend"],
];

interface Flags extends ResultFlags {
  readonly data: string[];
  readonly models: string[];
  readonly k: number;
  readonly users: number;
  readonly minutes?: number;
  readonly climb?: boolean;
  readonly withPeers?: boolean;
  readonly python?: string;
  readonly seed: number;
}

/** Ways to find a model's options. */
const SEARCHES = ["climbed", "searched"] as const;

/** The options of all models on one data set: defaults before, and those found. */
type Known = Readonly<Record<"before" | typeof SEARCHES[number], Map<string, object>>>;

/** What a search found on the validation part. */
interface Found {
  readonly options: object;
  readonly ndcg: number;
}

async function run(flags: Flags): Promise<void> {
  const algorithms = flags.models.map(algorithmNamed);
  const reporter = createReporter(flags);
  const rows: BenchRow[] = [], omitted: string[] = [];
  for (const path of flags.data) {
    reporter.stage(`Reading ${path}`);
    const data = await readQualityData(path, flags);
    const known: Known = { before: new Map(), climbed: new Map(), searched: new Map() };
    for (const algorithm of algorithms) {
      try {
        rows.push(...await measure(algorithm, data, known, { ...flags, reporter }));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        omitted.push(`${data.name}: ${algorithm.name} is left out: ${error.message}`);
      }
    }
    if (flags.withPeers || flags.python !== undefined) {
      reporter.stage(`Measuring implicit on ${data.name}`);
      rows.push(...await measurePeers(data, flags));
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
  flags: Flags & { reporter: Reporter },
): Promise<BenchRow[]> {
  const { k, reporter } = flags;
  const isBlend = algorithm.name === "blend";
  const fixed = isBlend ? { ...data.blend, k } : {};
  const before = isBlend
    ? withMembers(known.before)
    : earlierOptions(algorithm.name, data.test.train);
  if (before) known.before.set(algorithm.name, before);
  const variants: Record<string, object | undefined> = {
    now: {},
    published: publishedOptions(algorithm),
  };
  const row = { bench: "quality", name: `${data.name}: ${algorithm.name}` };
  const figures: BenchRow[] = [], fits: BenchRow[] = [], searches: BenchRow[] = [];
  for (const way of SEARCHES) {
    if (isBlend) variants[way] = withMembers(known[way]);
    else {
      const found = await search(way, algorithm, data, flags);
      if (!found) continue;
      variants[way] = found.options;
      known[way].set(algorithm.name, found.options);
      const metric = `validation ndcg@${k} ${way}`;
      searches.push({ ...row, metric, value: found.ndcg, unit: "share", options: found.options });
    }
  }
  variants.before = before;
  const options = isBlend ? {} : variants.searched ?? variants.climbed ?? {};
  for (const [variant, tried] of Object.entries(variants)) {
    if (!tried) continue;
    reporter.stage(`Measuring ${algorithm.name}, ${variant}, on ${data.name}`);
    const { ndcg, seconds } = await fitAndMeasure(algorithm, { ...fixed, ...tried }, data.test);
    figures.push({ ...row, options, metric: `ndcg@${k} ${variant}`, value: ndcg, unit: "share" });
    fits.push({ ...row, options, metric: `fit ${variant}`, value: seconds, unit: "CPU s" });
  }
  return [...figures, ...fits, ...searches];
}

/** Searches for a model's options; `undefined` if that isn't asked for, or it has none. */
async function search(
  way: typeof SEARCHES[number],
  algorithm: Algorithm,
  data: QualityData,
  { minutes, climb, seed, reporter }: Flags & { reporter: Reporter },
): Promise<Found | undefined> {
  if (way === "climbed" ? !climb : minutes === undefined) return;
  const progress = reporter.stage(`Searching options of ${algorithm.name} on ${data.name}, ${way}`);
  const task = data.validation();
  const withoutEffect = data.onlyNew ? optionsOfOwnItems(algorithm) : new Set<string>();
  if (minutes !== undefined && way === "searched") {
    return await searchLikeTune(algorithm, task, { minutes, seed, withoutEffect }, progress);
  }
  const { start, space } = searchableOptions(algorithm, withoutEffect);
  if (Object.keys(space).length === 0) return;
  const { options, value } = await climbOptions(
    start,
    space,
    async (tried) => task.ndcg(await algorithm.fit(task.train, tried)),
    progress,
  );
  return { options, ndcg: value };
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

/** Measures implicit on the same questions, with options searched on the same validation part. */
async function measurePeers(
  { name, test, validation, onlyNew }: QualityData,
  flags: Flags,
): Promise<BenchRow[]> {
  const [searching, testing] = [validation(), test].map(({ train, questions }) => ({
    train,
    questions: questions(),
  }));
  const rows = await measureRankingPeers(
    { validation: searching, test: testing, onlyNew },
    flags,
  );
  return rows.filter(({ metric }) => !metric.startsWith("recall")).map((row) => ({
    ...row,
    bench: "quality",
    name: `${name}: ${row.name}`,
    metric: `${row.metric} searched`,
  }));
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
    .option(
      "--minutes <n>",
      "also search options as deno task tune does, at most n minutes of CPU time a model",
      positiveNumber,
    )
    .option("--climb", "also search options by climbing over all declared values to the end")
    .option("--with-peers", "also measure implicit, in .venv-peers-recommenders")
    .option("--python <file>", "a Python with implicit, to measure it with")
    .option("--seed <n>", "seed of what is sampled and held out", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
