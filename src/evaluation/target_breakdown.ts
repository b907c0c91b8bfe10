import { SECONDS_PER_DAY } from "../base/time.ts";
import { historyOf } from "../interactions/interactions.ts";
import { timeSpan } from "../interactions/split.ts";
import type { BootstrapOptions } from "../linalg/bootstrap.ts";
import { groupFigures, type ModelGroupFigure } from "./breakdown.ts";
import type { Evaluation } from "./evaluate.ts";
import type { Holdout } from "./holdout.ts";
import type { PreparedHoldout } from "./prepared_holdout.ts";
import { shownList } from "./shown_lists.ts";

/** A product to predict for a user: new to the user before the cut, with an event after it. */
export interface Target {
  readonly item: number;
  /** Time of the user's first event on it, in seconds since 1970. */
  readonly time: number;
}

/** For one group, per user with targets in it: their number, and the share each model found. */
interface GroupShares {
  readonly counts: number[];
  /** One column per model. */
  readonly found: number[][];
}

/**
 * Splits recall by groups of targets, to see what a model finds: for each user the share of a
 * group's targets that is in the list, averaged over the users with any.
 *
 * @param evaluations Of models measured on the same users.
 * @param groups In the order of the result; those without targets are omitted.
 * @returns Group by group, in the order of the models, with 95% bootstrap intervals.
 */
export function breakdownByTarget(
  evaluations: readonly Evaluation[],
  holdout: Holdout,
  { groups, groupOf, ...options }: BootstrapOptions & {
    groups: readonly string[];
    groupOf: (target: Target) => string;
  },
): ModelGroupFigure[] {
  const shares = new Map<string, GroupShares>(
    groups.map((group) => [group, { counts: [], found: evaluations.map(() => []) }]),
  );
  evaluations[0]?.tasks.new.perUser.users.forEach((user, index) => {
    const lists = evaluations.map(({ lists }) => shownList(lists, index));
    for (const [group, targets] of Map.groupBy(newTargets(holdout, user), groupOf)) {
      shares.get(group)?.counts.push(targets.length);
      lists.forEach((list, model) => {
        const found = targets.filter(({ item }) => list.includes(item)).length;
        shares.get(group)?.found[model].push(found / targets.length);
      });
    }
  });
  return [...shares].filter(([, { counts }]) => counts.length > 0).flatMap(([group, { found }]) =>
    groupFigures(group, found.map((column) => Float32Array.from(column)), options)
      .map((figure, i) => ({ model: evaluations[i].model, ...figure }))
  );
}

/** A user's targets in order of time, without repeats. */
function newTargets({ history, truth }: Holdout, user: number): Target[] {
  const met = new Set(historyOf(history, user).items);
  const { items, times } = historyOf(truth, user);
  const targets: Target[] = [];
  items.forEach((item, i) => {
    if (!met.has(item)) targets.push({ item, time: times[i] });
    met.add(item);
  });
  return targets;
}

/**
 * Recall of new products by the days between the end of training and the user's first event: `1` is
 * the first 24 hours. It falls if a model goes stale.
 */
export function breakdownByDay(
  evaluations: readonly Evaluation[],
  holdout: Holdout,
  options: BootstrapOptions = {},
): ModelGroupFigure[] {
  const trainedUntil = timeSpan(holdout.past ?? holdout.history).last;
  const dayOf = (time: number) => 1 + Math.floor((time - trainedUntil) / SECONDS_PER_DAY);
  const { last } = timeSpan(holdout.truth);
  const days = Array.from({ length: Math.max(0, dayOf(last)) }, (_, day) => `${day + 1}`);
  return breakdownByTarget(evaluations, holdout, {
    ...options,
    groups: days,
    groupOf: ({ time }) => `${dayOf(time)}`,
  });
}

const TENTHS = 10;

/** The group of products without an event before the cut. */
export const UNSEEN_GROUP = "unseen";

/**
 * Recall of new products by popularity: `1` is the tenth of the products that most users knew
 * before the cut, `10` the tenth that fewest users knew, `unseen` those that no user knew.
 */
export function breakdownByPopularity(
  evaluations: readonly Evaluation[],
  holdout: PreparedHoldout,
  options: BootstrapOptions = {},
): ModelGroupFigure[] {
  const tenths = popularityTenths(holdout.usersOfItem);
  const numbers = Array.from({ length: TENTHS }, (_, tenth) => `${tenth + 1}`);
  return breakdownByTarget(evaluations, holdout, {
    ...options,
    groups: [...numbers, UNSEEN_GROUP],
    groupOf: ({ item }) => tenths[item] === 0 ? UNSEEN_GROUP : `${tenths[item]}`,
  });
}

/** For each item 1 to 10, the most popular tenth first; 0 for items that no user knew. */
function popularityTenths(usersOfItem: Uint32Array): Uint8Array {
  const known = [...usersOfItem.keys()].filter((item) => usersOfItem[item] > 0)
    .sort((a, b) => usersOfItem[b] - usersOfItem[a] || a - b);
  const tenths = new Uint8Array(usersOfItem.length);
  known.forEach((item, rank) => tenths[item] = 1 + Math.floor(TENTHS * rank / known.length));
  return tenths;
}
