/**
 * `deno task bench:exploration`: what lists lose against the best fixed list while a placement
 * explores, in a simulation whose click rates are known.
 */
import { Command } from "commander";
import {
  type ClickCounts,
  epsilonGreedy,
  type ExplorationPolicy,
  thompsonSampling,
} from "../../../src/experiments/exploration/explore.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { runTask, wholeNumber } from "../../lib/cli.ts";
import { createReporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { simulateExploration } from "../lib/pages/exploration.ts";
import { type BenchRow, reportRows } from "../lib/results.ts";

interface Flags extends ResultFlags {
  readonly lists: number;
  readonly rounds: number;
  readonly seed: number;
}

type MakePolicy = (counts: readonly ClickCounts[], draw: () => number) => ExplorationPolicy;

const POLICIES: readonly [name: string, make: MakePolicy][] = [
  ["the model's own list", () => epsilonGreedy({ epsilon: 0 })],
  ["epsilonGreedy, epsilon 0.1", () => epsilonGreedy({ epsilon: 0.1 })],
  ["thompson, epsilon 0.1", (counts, draw) => thompsonSampling(counts, { epsilon: 0.1, draw })],
  ["thompson, epsilon 0.05", (counts, draw) => thompsonSampling(counts, { epsilon: 0.05, draw })],
];

async function run({ lists, rounds, seed, ...flags }: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const options = { lists, rounds, seed };
  const rows = POLICIES.flatMap(([name, make]): BenchRow[] => {
    reporter.stage(`Showing lists, ${name}`);
    const random = createRandom(seed);
    const draw = () => random.next();
    const runs = Array.from(
      { length: rounds },
      () => simulateExploration((counts) => make(counts, draw), { lists, draw }).regret,
    );
    const mean = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value) / values.length;
    const figures: readonly [metric: string, value: number][] = [
      ["lost clicks per list", mean(runs.flat())],
      ["in the first tenth", mean(runs.map((regret) => regret[0]))],
      ["in the last tenth", mean(runs.map((regret) => regret[9]))],
    ];
    return figures.map(([metric, value]) => ({
      ...{ bench: "exploration", name, metric, value, unit: "share", options },
    }));
  });
  reporter.finish();
  await reportRows(rows, flags);
}

if (import.meta.main) {
  const command = new Command("deno task bench:exploration")
    .description(
      "Measures how many clicks per list are lost against the best fixed list while a placement " +
        "explores, in a simulation whose click rates are known",
    )
    .option("--lists <n>", "lists of a run", wholeNumber(10), 20_000)
    .option("--rounds <n>", "number of runs; figures are means", wholeNumber(1), 10)
    .option("--seed <n>", "seed of the runs", wholeNumber(0), 1)
    .action(run);
  await runTask(addResultOptions(command));
}
