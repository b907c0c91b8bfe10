import { sum } from "../base/statistics.ts";
import { bootstrapMeans, type BootstrapOptions } from "../linalg/bootstrap.ts";
import { type Interval, percentileInterval } from "./bootstrap.ts";
import type { Evaluation } from "./evaluate.ts";
import { historyOf, type Interactions } from "../interactions/interactions.ts";
import type { ListMetric } from "./list_metrics.ts";
import type { PerUser, TaskResult } from "./tally.ts";

/** One metric's mean over a group of users. */
export interface GroupFigure extends Interval {
  /** What its users have in common. */
  readonly group: string;
  readonly users: number;
  readonly mean: number;
}

/** One metric's mean over a group of users, of one model. */
export interface ModelGroupFigure extends GroupFigure {
  readonly model: string;
}

/** Groups of users by the number of events before the cut: from each number up to the next. */
const HISTORY_LENGTHS = [0, 1, 2, 5, 20] as const;

/** The groups of {@linkcode historyLengthGroup}, shortest history first. */
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
 * @param groups In the order of the result; those without users are omitted.
 * @param groupOf The group of a user's row number.
 * @returns The mean of each group with its 95% bootstrap interval.
 */
export function breakdown(
  perUser: PerUser,
  metric: ListMetric,
  groups: readonly string[],
  groupOf: (user: number) => string,
  options: BootstrapOptions = {},
): GroupFigure[] {
  const positions = groupPositions(perUser.users, groups, groupOf);
  return [...positions].flatMap(([group, positions]) =>
    groupFigures(group, [pick(perUser[metric], positions)], options)
  );
}

/**
 * NDCG for new products by length of history, for every model. Users without a history come first:
 * every model shows them popular products, so the figures are the same.
 *
 * @param evaluations Of models measured on the same users.
 * @param newcomers The result for users without a history; omitted from the breakdown if unknown.
 */
export function breakdownByHistory(
  evaluations: readonly Evaluation[],
  history: Interactions,
  { newcomers, ...options }: BootstrapOptions & { newcomers?: TaskResult } = {},
): ModelGroupFigure[] {
  const groupOf = (user: number) => historyLengthGroup(history, user);
  const byLength = (ofModels: readonly PerUser[]) =>
    [...groupPositions(ofModels[0].users, HISTORY_GROUPS, groupOf)].flatMap(([group, positions]) =>
      groupFigures(group, ofModels.map(({ ndcg }) => pick(ndcg, positions)), options)
        .map((figure, i) => ({ model: evaluations[i].model, ...figure }))
    );
  if (evaluations.length === 0) return [];
  return [
    ...(newcomers ? byLength(evaluations.map(() => newcomers.perUser)) : []),
    ...byLength(evaluations.map(({ tasks }) => tasks.new.perUser)),
  ];
}

/** The positions of each group's users; groups without users are omitted. */
function groupPositions(
  users: Uint32Array,
  groups: readonly string[],
  groupOf: (user: number) => string,
): Map<string, number[]> {
  const positions = new Map<string, number[]>(groups.map((group) => [group, []]));
  users.forEach((user, i) => positions.get(groupOf(user))?.push(i));
  return new Map([...positions].filter(([, { length }]) => length > 0));
}

function pick(values: Float32Array, positions: readonly number[]): Float32Array {
  return Float32Array.from(positions, (position) => values[position]);
}

/**
 * The means of several models' values for the same users, resampled together.
 *
 * @param columns For each model one value per user.
 * @returns Figures in the order of the columns.
 */
export function groupFigures(
  group: string,
  columns: readonly Float32Array[],
  options: BootstrapOptions = {},
): GroupFigure[] {
  return bootstrapMeans(columns, options).map((means, i) => {
    const users = columns[i].length;
    const mean = sum(columns[i]) / users;
    return { group, users, mean, ...percentileInterval(means) };
  });
}
