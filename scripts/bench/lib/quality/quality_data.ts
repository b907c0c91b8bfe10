import { basename, join } from "node:path";
import { evaluatePrepared } from "../../../../src/evaluation/evaluate.ts";
import type { Holdout } from "../../../../src/evaluation/holdout.ts";
import {
  type PreparedHoldout,
  prepareHoldout,
} from "../../../../src/evaluation/prepared_holdout.ts";
import { loadEvents } from "../../../../src/events/load.ts";
import { toInteractions } from "../../../../src/events/to_interactions.ts";
import type { IdMap } from "../../../../src/interactions/id_map.ts";
import { profileOf } from "../../../../src/interactions/history.ts";
import { historyOf, type Interactions } from "../../../../src/interactions/interactions.ts";
import { createRandom, shuffle } from "../../../../src/linalg/random.ts";
import type { BlendOptions } from "../../../../src/models/blend.ts";
import type { Query } from "../../../../src/models/blending/held_out_queries.ts";
import { holdOutFamilies } from "./families.ts";
import {
  type NextItemQuestion,
  questionsOf,
  readNextItemData,
  sessionInteractions,
  splitSessions,
} from "./next_item_data.ts";
import { measureNextItem } from "./next_item_metrics.ts";
import { holdOut, readRankingData, readRatedPairs } from "./ranking_data.ts";
import { measureRanking } from "./ranking_figures.ts";
import type { SearchTask } from "./tune_search.ts";

/** A data set with one split for the test, and one of its training data for a search. */
export interface QualityData {
  /** The folder's or the file's name. */
  readonly name: string;
  readonly test: QualityTask;
  /** Made anew by each call. */
  readonly validation: () => QualityTask;
  /** What a blend is to be good at on this data. */
  readonly blend: Partial<BlendOptions>;
  /** Whether lists hold new items alone. */
  readonly onlyNew: boolean;
}

/** A task whose questions other programs can be asked as well. */
export interface QualityTask extends SearchTask {
  /** Those asked, with what is relevant to them. */
  readonly questions: () => Query[];
}

/** How to measure. */
export interface QualityOptions {
  /** Length of the lists. */
  readonly k: number;
  /** At most this many users, or questions, are measured. */
  readonly users: number;
  /** Determines what is sampled and held out. */
  readonly seed: number;
}

/** The share of each user's items, at random, that is held out of data without times. */
const SHARE = 0.2;

/**
 * Reads a data set, whose form its files tell:
 *
 * - a folder with `train_sessions.txt`: the next item of sessions, seen ones included;
 * - a folder with `train.txt`: new items of users, in the given split;
 * - a folder with `u.data`, as MovieLens has it: a fifth of each user's items at random;
 * - anything else is a shop's events: new products of users in the latest fifth of the events.
 *
 * @throws {InputError} If a file is missing or malformed.
 */
export async function readQualityData(
  path: string,
  options: QualityOptions,
): Promise<QualityData> {
  const name = basename(path);
  if (await exists(join(path, "train_sessions.txt"))) {
    return { name, ...sessionData(await readNextItemData(path), options) };
  }
  if (await exists(join(path, "train.txt"))) {
    return { name, ...pairData(await readRankingData(path), options) };
  }
  const ratings = join(path, "u.data");
  if (await exists(ratings)) {
    const held = holdOut(await readRatedPairs(ratings), { share: SHARE, seed: options.seed });
    return { name, ...pairData(held, options) };
  }
  const { events } = await loadEvents([path]);
  return { name, ...eventData(await toInteractions(events), options) };
}

async function exists(file: string): Promise<boolean> {
  return await Deno.stat(file).then(() => true, () => false);
}

function sessionData(
  { sessions, questions, itemIds }: {
    sessions: readonly Uint32Array[];
    questions: readonly NextItemQuestion[];
    itemIds: IdMap;
  },
  options: QualityOptions,
): Omit<QualityData, "name"> {
  const { k, users, seed } = options;
  const task = (
    past: readonly Uint32Array[],
    asked: readonly NextItemQuestion[],
  ): QualityTask => {
    const sample = shuffle([...asked.keys()], createRandom(seed)).slice(0, users)
      .map((question) => asked[question]);
    return {
      train: sessionInteractions(past, itemIds),
      ndcg: (model) => measureNextItem(model, sample, { k }).ndcg,
      questions: () =>
        sample.map(({ history, next }) => ({ history, relevant: Uint32Array.of(next) })),
    };
  };
  return {
    test: task(sessions, questions),
    validation: () => {
      const { past, last } = splitSessions(sessions, users);
      return task(past, questionsOf(last));
    },
    blend: { target: "next", exclude: "none" },
    onlyNew: false,
  };
}

function pairData(test: Holdout, options: QualityOptions): Omit<QualityData, "name"> {
  const { k, users, seed } = options;
  const task = (holdout: Holdout): QualityTask => {
    const prepared = prepareHoldout(holdout, { maxUsers: users, seed });
    return {
      train: holdout.history,
      ndcg: (model) => measureRanking(model, prepared, [k])[0].ndcg,
      questions: () => newItemQuestions(prepared),
    };
  };
  return {
    test: task(test),
    validation: () => task(holdOut(test.history, { share: SHARE, seed })),
    blend: { share: SHARE },
    onlyNew: true,
  };
}

function eventData(
  interactions: Interactions,
  { k, users, seed }: QualityOptions,
): Omit<QualityData, "name"> {
  const task = (all: Interactions): QualityTask => {
    const { holdout } = holdOutFamilies(all, { questions: 1, seed });
    const prepared = prepareHoldout(holdout, { maxUsers: users, seed });
    return {
      train: holdout.history,
      ndcg: (model) => evaluatePrepared("model", model, prepared, { k }).tasks.new.ndcg,
      questions: () => newItemQuestions(prepared),
    };
  };
  const test = task(interactions);
  return { test, validation: () => task(test.train), blend: {}, onlyNew: true };
}

/** The history of each measured user, and the new items among what came after it. */
export function newItemQuestions({ users, history, truth }: PreparedHoldout): Query[] {
  return Array.from(users, (user) => {
    const past = historyOf(history, user), known = new Set(past.items);
    const { items } = profileOf(historyOf(truth, user), history.itemIds.size);
    return { history: past, relevant: items.filter((item) => !known.has(item)) };
  }).filter(({ relevant }) => relevant.length > 0);
}
