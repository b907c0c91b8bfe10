import type { RatioSums } from "../experiments/estimates.ts";
import { formatCounted, formatShare } from "../base/format.ts";
import type { ClickCounts } from "./click_counts.ts";
import { addPeriod, judgeClicks, LEAST_PERIODS, NO_CLICKS } from "./watched_clicks.ts";

/** What watching has others do. */
export interface WatchSteps {
  /** What each service has counted; undefined for one that doesn't answer. */
  counts(): Promise<readonly (ClickCounts | undefined)[]>;
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** How a version is watched. */
export interface WatchOptions {
  /** For how long a candidate is watched, in milliseconds; 0 to keep it at once. */
  readonly watchMs: number;
  /** Length of a period, in milliseconds. */
  readonly periodMs: number;
  /** By which share click-through may be below that of the version before. */
  readonly tolerance: number;
}

/** A version that is watched, and how far that has got. */
export interface Watched extends WatchOptions {
  readonly candidate: string;
  readonly before: string;
  /** When watching ends: milliseconds since 1970-01-01 UTC. */
  readonly until: number;
  /** What was counted before, by version. */
  readonly clicks: Readonly<Record<string, RatioSums>>;
  save(clicks: Record<string, RatioSums>): Promise<void>;
  /** Whether the candidate is what services are to serve. */
  isCurrent(): Promise<boolean>;
}

/** What watching found. */
export interface Verdict {
  readonly isWorse: boolean;
  /** The figures, in a sentence. */
  readonly text: string;
}

/**
 * Watches the services' counts of lists and clicks until they show that a version is worse than the
 * one before, or time is up.
 *
 * @returns Undefined if the candidate isn't current any more.
 */
export async function watchClicks(
  steps: WatchSteps,
  { candidate, before, until, clicks, save, isCurrent, ...options }: Watched,
): Promise<Verdict | undefined> {
  const periods = Math.max(1, Math.round(options.watchMs / options.periodMs));
  const judge = (own: RatioSums) => {
    const known = clicks[before] ?? NO_CLICKS;
    const { isWorse, effect } = judgeClicks(known, own, { ...options, periods });
    return { isWorse, text: describe(own, known, effect?.relative) };
  };
  let own = clicks[candidate] ?? NO_CLICKS;
  let looks = steps.now() < until ? await steps.counts() : [];
  while (steps.now() < until) {
    await steps.sleep(Math.min(options.periodMs, until - steps.now()));
    if (!await isCurrent()) return undefined;
    const next = await steps.counts();
    own = addPeriod(
      own,
      candidate,
      next.flatMap((now, i) => now && looks[i] ? [{ before: looks[i], now }] : []),
    );
    looks = next;
    await save({ ...clicks, [candidate]: own });
    const verdict = judge(own);
    if (verdict.isWorse) return verdict;
  }
  return judge(own);
}

function describe(
  own: RatioSums,
  before: RatioSums,
  relative: { estimate: number; low: number; high: number } | undefined,
): string {
  if (own.denominators === 0) return "none of its lists was counted, so nothing shows if it works";
  const figures = `${formatShare(own.numerators / own.denominators)} of ` +
    `${formatCounted(own.denominators, "list")} clicked`;
  if (before.denominators === 0) {
    return `${figures}; the version before wasn't watched, so there is nothing to compare with`;
  }
  const beside = `${figures}, before ${formatShare(before.numerators / before.denominators)}`;
  if (relative === undefined || !Number.isFinite(relative.low)) {
    return `${beside}; fewer than ${LEAST_PERIODS} periods with lists say nothing yet`;
  }
  return `${beside}: ${signedPercent(relative.estimate)} (${signedPercent(relative.low)} to ` +
    `${signedPercent(relative.high)})`;
}

function signedPercent(share: number): string {
  return `${share < 0 ? "−" : "+"}${formatShare(Math.abs(share))}`;
}
