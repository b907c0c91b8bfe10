import { median } from "../../../../src/base/statistics.ts";
import { createReporter } from "../../../lib/reporter.ts";
import type { ResultFlags } from "../bench_options.ts";
import { measureProcess } from "../measure_process.ts";
import { RECOMMENDERS, setUpPeers } from "../peers.ts";
import { type BenchRow, reportRows } from "../results.ts";
import type { ShopWorkload } from "./shop_workloads.ts";

/** A workload that both `speed_once.ts` and `peers/<name>.py` run. */
export type Workload = "svd" | ShopWorkload;

/** One run's measurements of one piece of work. */
export interface SpeedFigures {
  /** The work; figures of the same name are compared. */
  readonly name: string;
  /** The program that did it; absent for this project. */
  readonly peer?: string;
  /** By name: `seconds`, `cpu_seconds` and the quality of the result, such as `rmse`. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** The options of every speed benchmark. */
export interface SpeedFlags extends ResultFlags {
  readonly runs: number;
  readonly withPeers?: boolean;
}

const ONCE = new URL("./speed_once.ts", import.meta.url).pathname;

/**
 * Measures a workload and, with `--with-peers`, the peers at the same work. Runs alternate, each in
 * a process of its own, so that other load on the machine affects both. Prints the medians.
 *
 * @param args Passed to both programs.
 */
export async function compareSpeed(
  workload: Workload,
  args: readonly string[],
  flags: SpeedFlags,
): Promise<void> {
  const reporter = createReporter(flags);
  if (flags.withPeers) reporter.stage("Setting up peers");
  const python = flags.withPeers ? await setUpPeers(RECOMMENDERS) : undefined;
  const script = new URL(`../../peers/${workload}.py`, import.meta.url).pathname;
  const own: SpeedFigures[] = [], peers: SpeedFigures[] = [];
  for (let run = 1; run <= flags.runs; run++) {
    reporter.stage(`Measuring, run ${run} of ${flags.runs}`);
    own.push(...await figuresOf(Deno.execPath(), ["run", "-A", ONCE, workload, ...args]));
    if (python === undefined) continue;
    reporter.stage(`Measuring peers, run ${run} of ${flags.runs}`);
    peers.push(...await figuresOf(python, [script, ...args]));
  }
  reporter.finish();
  await reportRows(toRows(workload, own, peers, { runs: flags.runs }), flags);
}

async function figuresOf(program: string, args: readonly string[]): Promise<SpeedFigures[]> {
  return (await measureProcess<SpeedFigures[]>(program, args)).output;
}

/** The medians over all runs: a row for each piece of work, metric and peer. */
export function toRows(
  bench: string,
  own: readonly SpeedFigures[],
  peers: readonly SpeedFigures[],
  options: object,
): BenchRow[] {
  return [...Map.groupBy(own, ({ name }) => name)].flatMap(([name, runs]) =>
    Object.keys(runs[0].metrics).flatMap((metric) => {
      const row = {
        bench,
        name,
        metric,
        value: medianOf(runs, metric),
        unit: unitOf(metric),
        options,
      };
      const others = Map.groupBy(
        peers.filter((figures) => figures.name === name && metric in figures.metrics),
        ({ peer = "" }) => peer,
      );
      if (others.size === 0) return [row];
      return [...others].map(([peer, theirs]) => ({
        ...row,
        peer,
        peerValue: medianOf(theirs, metric),
      }));
    })
  );
}

function medianOf(runs: readonly SpeedFigures[], metric: string): number {
  return median(runs.map(({ metrics }) => metrics[metric]));
}

function unitOf(metric: string): string {
  return metric.endsWith("seconds") ? "s" : metric === "rmse" ? "stars" : "share";
}
