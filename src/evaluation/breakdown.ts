import {
  bootstrapMeans,
  type BootstrapOptions,
  type Interval,
  percentileInterval,
} from "./bootstrap.ts";
import { historyOf, type Interactions } from "../interactions/interactions.ts";
import type { ListMetrics } from "./metrics.ts";
import type { PerUser } from "./tally.ts";

/** One metric's mean over a group of users. */
export interface GroupFigure extends Interval {
  /** What the users have in common. */
  readonly group: string;
  readonly users: number;
  readonly mean: number;
}

/** Groups of users by how many events they had before the cut: from each number up to the next. */
const HISTORY_LENGTHS = [0, 1, 2, 5, 20] as const;

/** The names of the groups that {@linkcode historyLengthGroup} gives, shortest history first. */
export const HISTORY_GROUPS: readonly string[] = HISTORY_LENGTHS.map((from, i) => {
  const next = HISTORY_LENGTHS[i + 1];
  return next === undefined ? `${from}+` : next === from + 1 ? `${from}` : `${from}–${next - 1}`;
});

/** The group of a user by the length of the history: `0`, `1`, `2–4`, `5–19` or `20+` events. */
export function historyLengthGroup(history: Interactions, user: number): string {
  const { length } = historyOf(history, user).items;
  return HISTORY_GROUPS[HISTORY_LENGTHS.findLastIndex((from) => length >= from)];
}

/**
 * Splits a metric by groups of users, to see for whom a model works.
 *
 * @param groups In the order in which they are to stand; those without users are left out.
 * @param groupOf The group of a user's row number.
 * @returns The mean of each group with its 95% bootstrap interval.
 */
export function breakdown(
  perUser: PerUser,
  metric: keyof ListMetrics,
  groups: readonly string[],
  groupOf: (user: number) => string,
  options: BootstrapOptions = {},
): GroupFigure[] {
  const values = new Map<string, number[]>(groups.map((group) => [group, []]));
  perUser.users.forEach((user, i) => values.get(groupOf(user))?.push(perUser[metric][i]));
  return [...values].filter(([, column]) => column.length > 0).map(([group, column]) => {
    const [means] = bootstrapMeans([Float32Array.from(column)], options);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    return { group, users: column.length, mean, ...percentileInterval(means) };
  });
}
