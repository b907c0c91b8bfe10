import { join } from "node:path";
import { SECONDS_PER_DAY } from "../../../../src/base/time.ts";
import type { Holdout } from "../../../../src/evaluation/holdout.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import {
  groupByUser,
  historyOf,
  type Interactions,
} from "../../../../src/interactions/interactions.ts";
import { createRandom, shuffle } from "../../../../src/linalg/random.ts";
import { readNumberLists } from "./number_lists.ts";

/** Times of training and test events, in seconds since 1970; the test is a day later. */
const KNOWN_FROM = 1_000_000_000;
const PREDICTED_FROM = KNOWN_FROM + SECONDS_PER_DAY;

/**
 * Reads the usual files of a ranking benchmark: one line per user, with the user's number and then
 * the items' numbers. They have no weights or times: every event weighs 1, and all happen in the
 * same second.
 *
 * @param folder Contains `train.txt` and `test.txt`.
 * @throws {InputError} If a file is missing or malformed, or lists a user twice; the message has
 * the file.
 */
export async function readRankingData(folder: string): Promise<Holdout> {
  const train = await readUserItems(join(folder, "train.txt"));
  const test = await readUserItems(join(folder, "test.txt"));
  const users = distinct([[...train.keys()], [...test.keys()]]);
  const items = distinct([...train.values(), ...test.values()]);
  const rowOf = new Map(items.map((item, row) => [item, row]));
  const ids = { userIds: toIds(users), itemIds: toIds(items) };
  const listsOf = (part: Map<number, number[]>) =>
    users.map((user) => (part.get(user) ?? []).map((item) => rowOf.get(item) ?? NaN));
  return {
    history: toInteractions(ids, listsOf(train), KNOWN_FROM),
    truth: toInteractions(ids, listsOf(test), PREDICTED_FROM),
  };
}

/**
 * Reads ratings as pairs of user and item, whatever the rating: each line begins with both numbers,
 * as in `u.data` of MovieLens 100k. Every event weighs 1, and all happen in the same second.
 *
 * @throws {InputError} If the file is missing or malformed, or a line has one number.
 */
export async function readRatedPairs(file: string): Promise<Interactions> {
  const itemsOf = new Map<number, number[]>();
  for (const [index, [user, item]] of (await readNumberLists(file)).entries()) {
    if (item === undefined) {
      throw new InputError(
        `Cannot read ${file}: each line must begin with a user and an item, rating ${index + 1} ` +
          "has one number",
      );
    }
    const items = itemsOf.get(user);
    if (items) items.push(item);
    else itemsOf.set(user, [item]);
  }
  const users = distinct([[...itemsOf.keys()]]);
  const items = distinct([...itemsOf.values()]);
  const rowOf = new Map(items.map((item, row) => [item, row]));
  return toInteractions(
    { userIds: toIds(users), itemIds: toIds(items) },
    users.map((user) => (itemsOf.get(user) ?? []).map((item) => rowOf.get(item) ?? NaN)),
    KNOWN_FROM,
  );
}

/**
 * Splits training data for validation: a random share of each user's events is held out. Users with
 * a single event keep it.
 */
export function holdOut(
  train: Interactions,
  { share, seed }: { share: number; seed: number },
): Holdout {
  const random = createRandom(seed);
  const kept: number[][] = [], held: number[][] = [];
  for (let user = 0; user < train.userIds.size; user++) {
    const { items } = historyOf(train, user);
    const order = shuffle(Array.from(items, (_, i) => i), random);
    const count = items.length < 2 ? 0 : Math.max(1, Math.round(share * items.length));
    const isHeld = new Set(order.slice(0, count));
    kept.push([...items].filter((_, i) => !isHeld.has(i)));
    held.push([...items].filter((_, i) => isHeld.has(i)));
  }
  return {
    history: toInteractions(train, kept, KNOWN_FROM),
    truth: toInteractions(train, held, PREDICTED_FROM),
  };
}

async function readUserItems(file: string): Promise<Map<number, number[]>> {
  const itemsOf = new Map<number, number[]>();
  for (const [user, ...items] of await readNumberLists(file)) {
    if (itemsOf.has(user)) {
      throw new InputError(`Cannot read ${file}: a user must have one line, ${user} has two`);
    }
    itemsOf.set(user, items);
  }
  return itemsOf;
}

/** All numbers of all lists, ascending. */
function distinct(lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

function toIds(numbers: readonly number[]): IdMap {
  return IdMap.from(numbers.map(String));
}

function toInteractions(
  { userIds, itemIds }: Pick<Interactions, "userIds" | "itemIds">,
  lists: readonly (readonly number[])[],
  from: number,
): Interactions {
  const items = Uint32Array.from(lists.flat());
  return groupByUser({
    userIds,
    itemIds,
    users: Uint32Array.from(lists.flatMap((list, user) => list.map(() => user))),
    items,
    weights: new Float32Array(items.length).fill(1),
    times: new Uint32Array(items.length).fill(from),
  });
}
