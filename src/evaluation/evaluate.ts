import { profileOf } from "../interactions/history.ts";
import { historyOf } from "../interactions/interactions.ts";
import type { Progress } from "../interactions/progress.ts";
import { createRandom, shuffle } from "../linalg/random.ts";
import type { Model } from "../models/model.ts";
import { type Exclude, rankScores } from "../models/recommend.ts";
import { type Holdout, requirePast } from "./holdout.ts";
import { createTally, type Tally, type TaskResult } from "./tally.ts";

/** What is to be predicted: products that are new to the user, or all that the user went on to touch. */
export type Task = "new" | "all";

/** The tasks, in the order in which tables show them. */
export const TASKS = ["new", "all"] as const satisfies readonly Task[];

/** How {@linkcode evaluate} measures. */
export interface EvaluateOptions {
  /** Length of the lists. Default 10. */
  k?: number;
  /** At most so many users, drawn by `seed` where there are more. Default all. */
  maxUsers?: number;
  /** Default 1. */
  seed?: number;
}

/** Which users {@linkcode evaluate} has measured, and which not. */
export interface Population {
  /** Users with a history and something to predict. */
  readonly measurable: number;
  /** Those whose lists were measured: all of them, or as many as were asked for. */
  readonly measured: number;
  /** Users who did nothing after the cut: there is nothing to predict. */
  readonly withoutTruth: number;
  /** Users who did nothing before it: every model shows them what is popular. */
  readonly withoutHistory: number;
}

/** How one model did. */
export interface Evaluation {
  readonly model: string;
  readonly k: number;
  readonly tasks: Readonly<Record<Task, TaskResult>>;
  readonly population: Population;
}

/** A product seen before is neither shown nor expected when the task is to find new ones. */
const EXCLUDE: Readonly<Record<Task, Exclude>> = { new: "seen", all: "none" };

/**
 * Measures a model by full ranking: every product is a candidate, for every user with a history before the
 * cut and something to predict after it. Lists are made as the service makes them. Memory grows with the
 * users' metrics alone.
 *
 * @param model Fitted to the history or to less, never to the truth.
 * @throws {RangeError} If the history, or what the model was fitted to, reaches into the truth.
 */
export function evaluate(
  name: string,
  model: Model,
  { history, truth, fittedTo }: Holdout,
  { k = 10, maxUsers = Infinity, seed = 1 }: EvaluateOptions = {},
  progress: Progress = () => {},
): Evaluation {
  requirePast({ history, truth, fittedTo });
  const { users, population } = choosePopulation({ history, truth }, maxUsers, seed);
  const tallies = { new: createTally(history, k), all: createTally(history, k) };
  const scores = new Float32Array(model.itemCount);
  users.forEach((user, i) => {
    measureUser(model, { history, truth }, user, tallies, scores);
    if (i % 64 === 0) progress(i / users.length);
  });
  return {
    model: name,
    k,
    tasks: { new: tallies.new.result(), all: tallies.all.result() },
    population,
  };
}

function measureUser(
  model: Model,
  { history, truth }: Holdout,
  user: number,
  tallies: Record<Task, Tally>,
  scores: Float32Array,
): void {
  const past = historyOf(history, user);
  const known = new Set(past.items);
  const future = profileOf(historyOf(truth, user), model.itemCount);
  model.score(past, scores);
  // "all" before "new": ranking without the known products takes their scores away.
  for (const task of ["all", "new"] as const) {
    const relevant = new Map<number, number>();
    future.items.forEach((item, i) => {
      if (task === "all" || !known.has(item)) relevant.set(item, future.ratings[i]);
    });
    if (relevant.size === 0) continue;
    if (model.predictsRatings) {
      for (const [item, rating] of relevant) tallies[task].addRating(scores[item], rating);
    }
    const { indices } = rankScores(scores, past, { k: tallies[task].k, exclude: EXCLUDE[task] });
    tallies[task].addList(user, indices, new Set(relevant.keys()));
  }
}

/** Ascending user numbers, and how many there were to choose from. */
function choosePopulation(
  { history, truth }: Holdout,
  maxUsers: number,
  seed: number,
): { users: Uint32Array; population: Population } {
  const measurable: number[] = [];
  let withoutTruth = 0, withoutHistory = 0;
  for (let user = 0; user < history.userIds.size; user++) {
    const past = history.indptr[user + 1] - history.indptr[user];
    const future = truth.indptr[user + 1] - truth.indptr[user];
    if (past > 0 && future > 0) measurable.push(user);
    else if (future > 0) withoutHistory++;
    else if (past > 0) withoutTruth++;
  }
  const chosen = measurable.length > maxUsers
    ? shuffle([...measurable], createRandom(seed)).slice(0, maxUsers).sort((a, b) => a - b)
    : measurable;
  return {
    users: Uint32Array.from(chosen),
    population: {
      measurable: measurable.length,
      measured: chosen.length,
      withoutTruth,
      withoutHistory,
    },
  };
}
