import {
  type ClickCounts,
  type ExplorationPolicy,
  exploreSlots,
} from "../../../../src/experiments/exploration/explore.ts";

/** Click rates of twelve products, the model's favourite first; the best ones it ranks last. */
export const CLICK_RATES: readonly number[] = [
  ...[0.06, 0.05, 0.05, 0.04, 0.04, 0.03, 0.03, 0.03, 0.02, 0.02, 0.1, 0.12],
];

/** Clicks per list of the best two of {@linkcode CLICK_RATES}. */
export const BEST_CLICKS = 0.12 + 0.1;

/** Places of each list. */
export const SLOTS = 2;

/** A place of a list and what came of it. */
export interface ExploredPlace {
  readonly candidate: number;
  readonly propensity: number;
  /** 1 if it was clicked. */
  readonly reward: number;
}

/** What {@linkcode simulateExploration} found. */
export interface ExploredLists {
  /** Expected clicks per list lost against the best fixed list, in each tenth of the time. */
  readonly regret: readonly number[];
  readonly log: readonly ExploredPlace[];
}

/**
 * Shows lists of {@linkcode SLOTS} places and learns from clicks after every hundred lists.
 *
 * @param policyOf The policy, given what was shown and clicked so far.
 * @param options `draw`: uniform numbers in [0, 1).
 */
export function simulateExploration(
  policyOf: (counts: readonly ClickCounts[]) => ExplorationPolicy,
  { lists, draw, rates = CLICK_RATES }: {
    lists: number;
    draw: () => number;
    rates?: readonly number[];
  },
): ExploredLists {
  const counts = rates.map(() => ({ shown: 0, clicked: 0 }));
  const regret = new Array<number>(10).fill(0);
  const log: ExploredPlace[] = [];
  let policy = policyOf(counts);
  for (let list = 0; list < lists; list++) {
    if (list % 100 === 0) policy = policyOf(counts);
    for (const slot of exploreSlots(policy, { candidates: rates.length, slots: SLOTS, draw })) {
      const reward = Number(draw() < rates[slot.candidate]);
      counts[slot.candidate].shown++;
      counts[slot.candidate].clicked += reward;
      regret[Math.floor(10 * list / lists)] -= rates[slot.candidate] / (lists / 10);
      log.push({ ...slot, reward });
    }
  }
  return { regret: regret.map((lost) => BEST_CLICKS + lost), log };
}
