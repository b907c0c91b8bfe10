import { type History, type Profile, profileOf } from "../interactions/history.ts";
import { historyOf } from "../interactions/interactions.ts";
import type { Progress } from "../base/progress.ts";
import type { Model } from "../models/model.ts";
import { completeList, recommendedPart } from "../models/completion/complete_list.ts";
import type { Ranked } from "../linalg/top_k.ts";
import { type Exclude, type RankedTwice, rankTwice } from "../models/rank.ts";
import { scoreItems } from "../models/scoring/score_items.ts";
import type { Holdout } from "./holdout.ts";
import {
  type Population,
  type PopulationOptions,
  type PreparedHoldout,
  prepareHoldout,
} from "./prepared_holdout.ts";
import { createShownLists, type ShownLists } from "./shown_lists.ts";
import { createTally, type Tally, type TaskResult } from "./tally.ts";

/**
 * What to predict: products that are new to the user (known ones are neither shown nor expected),
 * known products that the user comes back to, or all products with a later event. The last two
 * measure the same unfiltered lists. Ranking repeats among known products only would hardly
 * separate models: most users know fewer products than a list holds.
 */
export type Task = "new" | "repeats" | "all";

/** The tasks, in the order in which tables show them. */
export const TASKS = ["new", "repeats", "all"] as const satisfies readonly Task[];

/** How {@linkcode evaluate} measures. */
export interface EvaluateOptions extends PopulationOptions {
  /** Length of the lists. Default 10. */
  k?: number;
}

/** The figures of one model. */
export interface Evaluation {
  readonly model: string;
  readonly k: number;
  readonly tasks: Readonly<Record<Task, TaskResult>>;
  readonly population: Population;
  /** The lists of the users of the task `new`, in their order. */
  readonly lists: ShownLists;
}

/**
 * The model with the highest NDCG at a task; of a tie the first. Ranking decides, never RMSE: the
 * model that predicts ratings best seldom has the best lists.
 *
 * @returns `undefined` if no user could be measured.
 */
export function winnerOf(evaluations: readonly Evaluation[], task: Task): string | undefined {
  const measured = evaluations.filter(({ tasks }) => tasks[task].users > 0);
  if (measured.length === 0) return undefined;
  return measured.reduce((best, other) =>
    other.tasks[task].ndcg > best.tasks[task].ndcg ? other : best
  ).model;
}

/**
 * Measures a model by full ranking: every product is a candidate, for every user with a history
 * before the cut and something to predict after it. Lists are made as the service makes them.
 * Memory grows only with the users' metrics and lists.
 *
 * @param model Fitted to the history or part of it, never to the truth.
 * @throws {RangeError} If the history or the training data overlaps the truth in time.
 */
export function evaluate(
  name: string,
  model: Model,
  holdout: Holdout,
  options: EvaluateOptions = {},
  progress: Progress = () => {},
): Evaluation {
  return evaluatePrepared(name, model, prepareHoldout(holdout, options), options, progress);
}

/** A model and its name in the figures. */
export interface NamedModel {
  readonly name: string;
  readonly model: Model;
}

/** {@linkcode evaluate} for a model on a holdout that several models share. */
export function evaluatePrepared(
  name: string,
  model: Model,
  holdout: PreparedHoldout,
  options: Pick<EvaluateOptions, "k"> = {},
  progress: Progress = () => {},
): Evaluation {
  return evaluateTogether([{ name, model }], holdout, options, progress)[0];
}

/**
 * {@linkcode evaluatePrepared} for several models, user by user. The figures are the same; a blend
 * measured with its members takes less time, since members keep the scores of the last history.
 *
 * @returns One per model, in their order.
 */
export function evaluateTogether(
  models: readonly NamedModel[],
  holdout: PreparedHoldout,
  { k = 10 }: Pick<EvaluateOptions, "k"> = {},
  progress: Progress = () => {},
): Evaluation[] {
  const { users, history, truth } = holdout;
  const measured = models.map((named) => startMeasuring(named, holdout, k));
  const batchSize = models.length > 1 ? 1 : BATCH;
  for (let start = 0; start < users.length; start += batchSize) {
    const batch = Array.from(users.subarray(start, start + batchSize), (user): MeasuredUser => ({
      user,
      past: historyOf(history, user),
      truth: historyOf(truth, user),
      relevant: relevantOf(
        historyOf(history, user),
        profileOf(historyOf(truth, user), history.itemIds.size),
      ),
    }));
    for (const { add } of measured) add(batch);
    progress(Math.min(1, (start + batchSize) / users.length));
  }
  return measured.map(({ result }) => result());
}

/** Users that one model ranks together. */
const BATCH = 64;

/** A user's past and what to predict. */
interface MeasuredUser {
  readonly user: number;
  readonly past: History;
  readonly truth: History;
  /** The items to predict in each task. */
  readonly relevant: Readonly<Record<Task, ReadonlySet<number>>>;
}

function relevantOf(past: History, truth: Profile): MeasuredUser["relevant"] {
  const known = new Set(past.items);
  const all = new Set(truth.items);
  return { all, repeats: all.intersection(known), new: all.difference(known) };
}

/** Starts the measuring of one model, to which users are added. */
function startMeasuring(
  { name, model }: NamedModel,
  holdout: PreparedHoldout,
  k: number,
): { add(users: readonly MeasuredUser[]): void; result(): Evaluation } {
  const size = { k, capacity: holdout.users.length };
  const tallies = {
    new: createTally(holdout, size),
    repeats: createTally(holdout, size),
    all: createTally(holdout, size),
  };
  const shown = createShownLists(size);
  const buffer = new Float32Array(model.itemCount);

  function addUser({ user, past, truth, relevant }: MeasuredUser, lists: RankedTwice): void {
    if (model.predictsRatings) {
      // Ratings on the scale of those that the model predicts.
      const future = profileOf(truth, model.itemCount, model.predictsRatings);
      const predicted = scoreItems(model, past, future.items, buffer);
      for (const task of TASKS) addRatings(tallies[task], relevant[task], future, predicted);
    }
    const complete = (list: Ranked, exclude: Exclude) =>
      completeList(recommendedPart(list, model), past, { k, exclude }, holdout.supplements).indices;
    const everything = complete(lists.all, "none"), unseen = complete(lists.unseen, "seen");
    if (relevant.all.size > 0) tallies.all.addList(user, everything, relevant.all);
    if (relevant.repeats.size > 0) tallies.repeats.addList(user, everything, relevant.repeats);
    if (relevant.new.size === 0) return;
    tallies.new.addList(user, unseen, relevant.new);
    shown.add(unseen);
  }

  return {
    add(users) {
      const lists = rankTwice(model, users.map(({ past }) => past), { k, buffer });
      users.forEach((user, i) => addUser(user, lists[i]));
    },
    result: () => ({
      model: name,
      k,
      tasks: {
        new: tallies.new.result(),
        repeats: tallies.repeats.result(),
        all: tallies.all.result(),
      },
      population: holdout.population,
      lists: shown.result(),
    }),
  };
}

function addRatings(
  tally: Tally,
  relevant: ReadonlySet<number>,
  { items, ratings }: Profile,
  predicted: Float32Array,
): void {
  items.forEach((item, i) => {
    if (relevant.has(item)) tally.addRating(predicted[i], ratings[i]);
  });
}

/**
 * Measures what every model shows to users without a history: popular products. All products are
 * new to them.
 *
 * @param fallback The model that answers for them: popularity.
 */
export function evaluateNewcomers(
  fallback: Model,
  holdout: PreparedHoldout,
  { k = 10 }: Pick<EvaluateOptions, "k"> = {},
): TaskResult {
  const users = holdout.newcomers;
  const { tasks } = evaluatePrepared("newcomers", fallback, { ...holdout, users }, { k });
  return tasks.new;
}
