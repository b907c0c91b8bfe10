import { join } from "node:path";
import { InputError } from "../../../../src/base/input_error.ts";
import { loadEvents } from "../../../../src/events/load.ts";
import { toInteractions } from "../../../../src/events/to_interactions.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import {
  groupByUser,
  historyOf,
  type Interactions,
  keepEvents,
} from "../../../../src/interactions/interactions.ts";
import type { NextItemQuestion } from "../quality/next_item_data.ts";
import { readNumberLists } from "../quality/number_lists.ts";

/** A question about a user's last item. */
export interface LastItemQuestion extends NextItemQuestion {
  /** Row number. */
  readonly user: number;
}

/** Training data, and questions about what came after it. */
export interface LastItems {
  readonly train: Interactions;
  readonly questions: readonly LastItemQuestion[];
}

/**
 * Reads users' events in time order: a folder with `u.data`, as MovieLens has it, where every
 * rating weighs 1, or a file of a shop's events.
 *
 * @throws {InputError} If the file is missing or malformed.
 */
export async function readSequences(path: string): Promise<Interactions> {
  const isFolder = await Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false);
  if (!isFolder) return await toInteractions((await loadEvents([path])).events);
  const file = join(path, "u.data");
  const ratings = await readNumberLists(file);
  const short = ratings.findIndex(({ length }) => length < 4);
  if (short >= 0) {
    throw new InputError(
      `Cannot read ${file}: each line must hold a user, an item, a rating and a time, rating ` +
        `${short + 1} has ${ratings[short].length} numbers`,
    );
  }
  // Ratings of the same second keep the order of the file.
  const ordered = ratings.toSorted(([, , , a], [, , , b]) => a - b);
  const userIds = idsOf(ordered.map(([user]) => user));
  const itemIds = idsOf(ordered.map(([, item]) => item));
  return groupByUser({
    userIds,
    itemIds,
    users: Uint32Array.from(ordered, ([user]) => userIds.indexOf(`${user}`)),
    items: Uint32Array.from(ordered, ([, item]) => itemIds.indexOf(`${item}`)),
    weights: new Float32Array(ordered.length).fill(1),
    times: Uint32Array.from(ordered, ([, , , time]) => time),
  });
}

function idsOf(numbers: readonly number[]): IdMap {
  return IdMap.from([...new Set(numbers)].sort((a, b) => a - b).map(String));
}

/** Holds out the last event of every user with at least two, if its item is new to the user. */
export function holdOutLastItems(all: Interactions): LastItems {
  const last = new Uint8Array(all.items.length);
  for (let user = 0; user < all.userIds.size; user++) {
    const { items } = historyOf(all, user);
    const end = all.indptr[user + 1] - 1;
    if (items.length > 1 && items.indexOf(items[items.length - 1]) === items.length - 1) {
      last[end] = 1;
    }
  }
  const train = keepEvents(all, (p) => last[p] === 0);
  const questions = Array.from({ length: all.userIds.size }, (_, user) => user)
    .filter((user) => last[all.indptr[user + 1] - 1] === 1)
    .map((user) => ({
      user,
      history: historyOf(train, user),
      next: all.items[all.indptr[user + 1] - 1],
    }));
  return { train, questions };
}
