import { median } from "../../../../src/base/statistics.ts";
import { createReporter } from "../../../lib/reporter.ts";
import { measureProcess } from "../measure_process.ts";
import { RECOMMENDERS, setUpPeers } from "../peers.ts";
import { type BenchRow, reportRows } from "../results.ts";

/** What one run of a program found out about one piece of work. */
export interface SpeedFigures {
  /** The work; figures of the same name are set beside each other. */
  readonly name: string;
  /** Who did it, if not this project. */
  readonly peer?: string;
  /** By metric: `seconds`, `cpu_seconds`, and how good the outcome was. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** The options that every benchmark of speed has. */
export interface SpeedFlags {
  readonly runs: number;
  readonly withPeers?: boolean;
  readonly json?: string;
  readonly quiet?: boolean;
}

const ONCE = new URL("./speed_once.ts", import.meta.url).pathname;
const CONFIG = new URL("../../../../deno.json", import.meta.url).pathname;

/**
 * Measures a piece of work and, where asked to, what peers take for it: in processes of their own and in turns, so
 * that whatever else the machine does befalls both. Prints the medians.
 *
 * @param bench Names the benchmark and its parts, `speed_once.ts` and `peers/<bench>.py`.
 * @param args What both are given.
 */
export async function compareSpeed(
  bench: string,
  args: readonly string[],
  flags: SpeedFlags,
): Promise<void> {
  const reporter = createReporter(flags);
  if (flags.withPeers) reporter.stage("Setting up peers");
  const python = flags.withPeers ? await setUpPeers(RECOMMENDERS) : undefined;
  const script = new URL(`../../peers/${bench}.py`, import.meta.url).pathname;
  const own: SpeedFigures[] = [], peers: SpeedFigures[] = [];
  for (let run = 1; run <= flags.runs; run++) {
    reporter.stage(`Measuring, run ${run} of ${flags.runs}`);
    own.push(
      ...await figuresOf(Deno.execPath(), ["run", "-A", "--config", CONFIG, ONCE, bench, ...args]),
    );
    if (python === undefined) continue;
    reporter.stage(`Peers, run ${run} of ${flags.runs}`);
    peers.push(...await figuresOf(python, [script, ...args]));
  }
  reporter.finish();
  await reportRows(toRows(bench, own, peers, { runs: flags.runs }), flags);
}

async function figuresOf(program: string, args: readonly string[]): Promise<SpeedFigures[]> {
  return (await measureProcess<SpeedFigures[]>(program, args)).output;
}

/** The medians of all runs, a line for each piece of work, metric and peer. */
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
