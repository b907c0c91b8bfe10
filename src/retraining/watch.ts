import { formatCounted, formatShare } from "../base/format.ts";
import { type Effect, effectOf } from "../experiments/effect.ts";
import { ratioOf, type RatioSums } from "../experiments/estimates.ts";
import type { Span } from "./clicks_by_user.ts";

/** What watching has others do. */
export interface WatchSteps {
  /** Counts lists and clicked lists of users in spans of time; see `clicksByUser()`. */
  clicks(spans: readonly Span[]): Promise<readonly RatioSums[]>;
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** How a version is watched. */
export interface WatchOptions {
  /** For how long, in milliseconds; 0 to keep it at once. */
  readonly watchMs: number;
  /** Time between two looks, in milliseconds. */
  readonly periodMs: number;
  /** How long after a list a click counts, in milliseconds. */
  readonly settleMs: number;
  /** By which share click-through may be below that of the version before. */
  readonly tolerance: number;
}

/** A version that is watched. */
export interface Watched extends WatchOptions {
  /** When the services began to serve it: milliseconds since 1970-01-01 UTC. */
  readonly entered: number;
  /** Whether it is still what services are to serve. */
  isCurrent(): Promise<boolean>;
}

/** What watching found. */
export interface Verdict {
  /** Whether its lists are certainly clicked less, by more than the tolerance. */
  readonly isWorse: boolean;
  /** The figures, in a sentence. */
  readonly text: string;
}

/**
 * Compares how often lists are clicked since a version entered service with how often they were
 * before, over a time as long, until it is certainly worse or time is up.
 *
 * @returns Undefined if the version isn't current any more.
 */
export async function watchClicks(
  steps: WatchSteps,
  { entered, isCurrent, ...options }: Watched,
): Promise<Verdict | undefined> {
  const { watchMs, periodMs, settleMs, tolerance } = options;
  const end = entered + watchMs + (watchMs > 0 ? settleMs : 0);
  const before = { from: entered - watchMs, to: entered };
  while (true) {
    if (!await isCurrent()) return undefined;
    const isOver = steps.now() >= end;
    // Later lists may still be clicked.
    const since = { from: entered, to: Math.min(steps.now() - settleMs, entered + watchMs) };
    if (isOver || since.to > since.from) {
      const [control, own] = watchMs > 0 ? await steps.clicks([before, since]) : [];
      const verdict = judge(control, own, tolerance);
      if (verdict.isWorse || isOver) return verdict;
    }
    await steps.sleep(Math.max(1, Math.min(periodMs, end - steps.now())));
  }
}

/**
 * Judges a version by its lists and those before.
 *
 * @param before Sums over users; undefined if nothing was counted.
 */
export function judge(
  before: RatioSums | undefined,
  own: RatioSums | undefined,
  tolerance: number,
): Verdict {
  if (!own || own.denominators === 0) {
    return { isWorse: false, text: "none of its lists was counted, so nothing shows if it works" };
  }
  const figures = `${describe(own)} clicked`;
  if (!before || before.denominators === 0) {
    return { isWorse: false, text: `${figures}; before, none was shown to compare with` };
  }
  const beside = `${figures}, before ${describe(before)}`;
  const relative = relativeEffect(before, own);
  if (!Number.isFinite(relative?.high ?? Infinity)) {
    return { isWorse: false, text: `${beside}; these are too few users to say more` };
  }
  const [change, low, high] = [relative!.estimate, relative!.low, relative!.high].map(signedShare);
  return {
    isWorse: relative!.high < -tolerance,
    text: `${beside}: ${change} (${low} to ${high})`,
  };
}

function relativeEffect(before: RatioSums, own: RatioSums): Effect["relative"] {
  if (Math.min(before.units, own.units) < 2) return undefined;
  const narrowestAt = 2 * before.units;
  return effectOf(ratioOf(before), ratioOf(own), { narrowestAt }).relative;
}

function describe({ numerators, denominators }: RatioSums): string {
  return `${formatShare(numerators / denominators)} of ${formatCounted(denominators, "list")}`;
}

function signedShare(share: number): string {
  return `${share < 0 ? "−" : "+"}${formatShare(Math.abs(share))}`;
}
