/** `deno task bench:sasrec`: how well and how fast a transformer predicts users' last items. */
import { basename } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { mean } from "../../../src/base/statistics.ts";
import { createRandom, shuffle } from "../../../src/linalg/random.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { sasrec, type SasrecOptions } from "../../../src/models/sasrec.ts";
import { commaList, positiveNumber, runTask, wholeNumber } from "../../lib/cli.ts";
import { createReporter, type Reporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { holdOutLastItems, type LastItems, readSequences } from "../lib/sequence/last_items.ts";
import { measureNextItem } from "../lib/quality/next_item_metrics.ts";
import { measurePeerSasrec } from "../lib/sequence/sasrec_peer.ts";
import { type BenchRow, reportRows } from "../lib/results.ts";
import { stopwatch } from "../lib/stopwatch.ts";

interface Flags extends ResultFlags {
  readonly data: string[];
  readonly beside: string[];
  readonly seeds: number[];
  readonly k: number;
  readonly users: number;
  readonly maxLength: number;
  readonly learningRate: number;
  readonly negatives?: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly withPeers?: boolean;
  readonly python?: string;
}

/** The figures of one fit; those of a peer lack the lists' time. */
interface Measured {
  readonly hitRate: number;
  readonly ndcg: number;
  readonly fit: number;
  readonly list?: number;
}

async function run(flags: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const rows: BenchRow[] = [];
  for (const path of flags.data) {
    reporter.stage(`Reading ${path}`);
    const all = holdOutLastItems(await readSequences(path));
    const questions = shuffle([...all.questions.keys()], createRandom(flags.seeds[0]))
      .slice(0, flags.users).map((question) => all.questions[question]);
    rows.push(...await measureAll(basename(path), { ...all, questions }, flags, reporter));
  }
  reporter.finish();
  await reportRows(rows, flags);
}

async function measureAll(
  data: string,
  task: LastItems,
  flags: Flags,
  reporter: Reporter,
): Promise<BenchRow[]> {
  const { k, seeds, maxLength, learningRate, batchSize, epochs, negatives } = flags;
  const options = { maxLength, learningRate, batchSize, epochs, ...(negatives && { negatives }) };
  const rows: BenchRow[] = [];
  for (const name of flags.beside) {
    reporter.stage(`Measuring ${name} on ${data}`);
    rows.push(...toRows(`${data}: ${name}`, [await measure(name, {}, task, k)], { k }));
  }
  const own: Measured[] = [], peer: Measured[] = [];
  for (const seed of seeds) {
    reporter.stage(`Measuring sasrec on ${data}, seed ${seed}`);
    own.push(await measure(sasrec.name, { ...options, seed }, task, k));
    if (!flags.withPeers && flags.python === undefined) continue;
    reporter.stage(`Measuring RecTools on ${data}, seed ${seed}`);
    const model: SasrecOptions = { ...sasrec.defaults, ...options, seed };
    const { cpuSeconds, ...found } = await measurePeerSasrec(task, { ...flags, model });
    peer.push({ ...found, fit: cpuSeconds });
  }
  return [
    ...rows,
    ...toRows(`${data}: sasrec`, own, { k, options }),
    ...(peer.length > 0 ? toRows(`${data}: RecTools' SASRec`, peer, { k }) : []),
  ];
}

/** Fits a model and asks for each user's last item, among all that are new to the user. */
async function measure(
  name: string,
  options: object,
  { train, questions }: LastItems,
  k: number,
): Promise<Measured> {
  const fitted = stopwatch();
  const model = await algorithmNamed(name).fit(train, options);
  const fit = fitted().cpu_seconds;
  const listed = stopwatch();
  const { hitRate, ndcg } = measureNextItem(model, questions, { k, exclude: "seen" });
  return { hitRate, ndcg, fit, list: 1000 * listed().cpu_seconds / questions.length };
}

/** Means over seeds, and from the worst NDCG to the best. */
function toRows(
  name: string,
  runs: readonly Measured[],
  { k, options = {} }: { k: number; options?: object },
): BenchRow[] {
  const row = { bench: "sasrec", name, options };
  const of = (figure: (run: Measured) => number) => runs.map(figure);
  const ndcgs = of(({ ndcg }) => ndcg);
  const lists = runs.flatMap(({ list }) => list ?? []);
  return [
    { ...row, metric: `hits@${k}`, value: mean(of(({ hitRate }) => hitRate)), unit: "share" },
    { ...row, metric: `ndcg@${k}`, value: mean(ndcgs), unit: "share" },
    ...(runs.length > 1
      ? [
        { ...row, metric: `ndcg@${k} least`, value: Math.min(...ndcgs), unit: "share" },
        { ...row, metric: `ndcg@${k} most`, value: Math.max(...ndcgs), unit: "share" },
      ]
      : []),
    { ...row, metric: "fit", value: mean(of(({ fit }) => fit)), unit: "CPU s" },
    ...(lists.length > 0 ? [{ ...row, metric: "list", value: mean(lists), unit: "CPU ms" }] : []),
  ];
}

function readSeeds(text: string): number[] {
  const seeds = commaList(text).map(Number);
  if (seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return seeds;
  throw new InvalidArgumentError("It must be whole numbers of at least 0, for example 1,2,3.");
}

if (import.meta.main) {
  const { maxLength, learningRate, batchSize, epochs } = sasrec.defaults;
  const command = new Command("deno task bench:sasrec")
    .description(
      "Holds out each user's last event with a new product, and measures how well sasrec finds " +
        "it among all products, beside other models and RecTools' SASRec with the same options",
    )
    .requiredOption("--data <paths...>", "folders with u.data, or files of a shop's events")
    .addOption(
      new Option("--beside <names>", "models to measure as well").argParser(commaList)
        .default(["sequential_rules", "session_knn"], "sequential_rules, session_knn"),
    )
    .option("--seeds <list>", "one fit for each; figures are means", readSeeds, [1])
    .option("--k <n>", "length of the lists", wholeNumber(1, 1000), 10)
    .option("--users <n>", "ask for at most n users", wholeNumber(1), 4000)
    .option("--max-length <n>", "events of a history that count", wholeNumber(2), maxLength)
    .option("--learning-rate <n>", "step size of Adam", positiveNumber, learningRate)
    .option("--batch-size <n>", "events in a step of sasrec", wholeNumber(1), batchSize)
    .option("--negatives <n>", "products that compete in a step of sasrec", wholeNumber(1))
    .option("--epochs <n>", "epochs at most", wholeNumber(1), epochs)
    .option("--with-peers", "also measure RecTools, installed in .venv-peers-transformers")
    .option("--python <file>", "a Python with RecTools and PyTorch, to measure it with")
    .action(run);
  await runTask(addResultOptions(command));
}
