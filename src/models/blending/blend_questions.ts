import { type History, profileOf } from "../../interactions/history.ts";
import {
  historyOf,
  type Interactions,
  keepEvents,
  sliceByTime,
} from "../../interactions/interactions.ts";
import { timeSpan } from "../../interactions/split.ts";
import { createRandom, type Random, shuffle } from "../../linalg/random.ts";

/** What a question asks for: all that a user did after the cut, or the very next event. */
export const TARGETS = ["later", "next"] as const;

/** One of {@linkcode TARGETS}. */
export type Target = typeof TARGETS[number];

/** A history, and what came after it. */
export interface Question {
  readonly history: History;
  /** Item numbers, none twice. */
  readonly relevant: Uint32Array;
}

/** What models are to learn from, and what they can then be asked. */
export interface Examination {
  readonly past: Interactions;
  readonly questions: readonly Question[];
}

/** How {@linkcode holdOutQuestions} asks. */
export interface QuestionOptions {
  readonly target: Target;
  /** How much of the events to hold out, from 0 to 1. */
  readonly share: number;
  /** At most so many; of more, so many are drawn. */
  readonly questions: number;
  /** Determines which. */
  readonly seed: number;
}

/**
 * Holds out the latest share of interactions and makes questions of it: for `"later"` one for each user with
 * events on both sides of the cut, for `"next"` one for each event held out that isn't its user's first. Where
 * time tells nothing, because nothing is left before the cut, the same share of each user's items is held out at
 * random instead, and asked for at once.
 */
export function holdOutQuestions(
  interactions: Interactions,
  { target, share, questions: most, seed }: QuestionOptions,
): Examination {
  const random = createRandom(seed);
  const cut = interactions.times.toSorted().at(-Math.ceil(share * interactions.times.length)) ?? 0;
  if (cut <= timeSpan(interactions).first) {
    const split = splitAtRandom(interactions, share, random);
    return { past: split.past, questions: draw(laterQuestions(split), most, random) };
  }
  const past = sliceByTime(interactions, { to: cut });
  const drafts = target === "later"
    ? laterQuestions({ past, future: sliceByTime(interactions, { from: cut }) })
    : nextQuestions(interactions, past);
  return { past, questions: draw(drafts, most, random) };
}

/** Two parts of the same interactions, with the same users. */
interface Parts {
  readonly past: Interactions;
  readonly future: Interactions;
}

function splitAtRandom(interactions: Interactions, share: number, random: Random): Parts {
  const heldOut = new Uint8Array(interactions.items.length);
  for (let user = 0; user < interactions.userIds.size; user++) {
    const history = historyOf(interactions, user);
    const items = shuffle(profileOf(history, interactions.itemIds.size).items, random);
    const chosen = new Set(items.subarray(0, Math.floor(share * items.length)));
    const start = interactions.indptr[user];
    history.items.forEach((item, i) => heldOut[start + i] = chosen.has(item) ? 1 : 0);
  }
  return {
    past: keepEvents(interactions, (p) => heldOut[p] === 0),
    future: keepEvents(interactions, (p) => heldOut[p] === 1),
  };
}

/** Makes a question when it is asked for: of many, only few are. */
type Draft = () => Question;

function laterQuestions({ past, future }: Parts): Draft[] {
  const users = Array.from({ length: past.userIds.size }, (_, user) => user);
  return users
    .filter((u) => past.indptr[u + 1] > past.indptr[u] && future.indptr[u + 1] > future.indptr[u])
    .map((user) => () => ({
      history: historyOf(past, user),
      relevant: profileOf(historyOf(future, user), past.itemIds.size).items,
    }));
}

function nextQuestions(interactions: Interactions, past: Interactions): Draft[] {
  const drafts: Draft[] = [];
  for (let user = 0; user < past.userIds.size; user++) {
    const whole = historyOf(interactions, user);
    const known = past.indptr[user + 1] - past.indptr[user];
    for (let i = Math.max(1, known); i < whole.items.length; i++) {
      drafts.push(() => ({
        history: {
          items: whole.items.subarray(0, i),
          weights: whole.weights.subarray(0, i),
          times: whole.times.subarray(0, i),
        },
        relevant: whole.items.subarray(i, i + 1),
      }));
    }
  }
  return drafts;
}

function draw(drafts: readonly Draft[], most: number, random: Random): Question[] {
  const order = shuffle(Uint32Array.from(drafts, (_, i) => i), random);
  return Array.from(order.subarray(0, most), (i) => drafts[i]());
}
