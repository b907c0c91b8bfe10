import { keepEntries } from "../../../../src/evaluation/rating_folds.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { groupByUser, ratingMatrix } from "../../../../src/interactions/interactions.ts";
import type { Csr } from "../../../../src/linalg/sparse/csr.ts";
import { createRandom } from "../../../../src/linalg/random.ts";
import { readNumberLists } from "./number_lists.ts";

/** Training and test ratings, both users × items with the same numbering. */
export interface RatingFold {
  readonly train: Csr;
  readonly test: Csr;
}

/**
 * Reads one of the folds `u1.base`, `u1.test` … `u5.test` of MovieLens 100k: one rating per line,
 * with user, item, rating and time in seconds. Users and items are numbered in the order of their
 * ids.
 *
 * @throws {InputError} If a file is missing, empty or malformed.
 */
export async function readRatingFold(folder: string, number: number): Promise<RatingFold> {
  const train = await readRatings(`${folder}/u${number}.base`);
  const test = await readRatings(`${folder}/u${number}.test`);
  const ids = {
    userIds: idsOf([...train, ...test].map(([user]) => user)),
    itemIds: idsOf([...train, ...test].map(([, item]) => item)),
  };
  return { train: toMatrix(train, ids), test: toMatrix(test, ids) };
}

async function readRatings(file: string): Promise<Uint32Array[]> {
  const rows = await readNumberLists(file);
  const wrong = rows.findIndex((row) => row.length !== 4);
  if (rows.length === 0 || wrong >= 0) {
    throw new InputError(
      `Cannot read ${file}: each line must hold user, item, rating and time, got ${
        rows.length === 0 ? "no lines" : `${rows[wrong].length} numbers in rating ${wrong + 1}`
      }`,
    );
  }
  return rows;
}

function idsOf(numbers: number[]): IdMap {
  return IdMap.from([...new Set(numbers)].sort((a, b) => a - b).map(String));
}

function toMatrix(
  rows: readonly Uint32Array[],
  { userIds, itemIds }: { userIds: IdMap; itemIds: IdMap },
): Csr {
  const inOrder = rows.toSorted((a, b) => a[3] - b[3]);
  return ratingMatrix(groupByUser({
    userIds,
    itemIds,
    users: Uint32Array.from(inOrder, ([user]) => userIds.indexOf(`${user}`)),
    items: Uint32Array.from(inOrder, ([, item]) => itemIds.indexOf(`${item}`)),
    weights: Float32Array.from(inOrder, ([, , rating]) => rating),
    times: Uint32Array.from(inOrder, ([, , , second]) => second),
  }));
}

/**
 * Splits ratings at random into training and test ratings.
 *
 * @param options `share`: the share of the ratings to hold out as the test, from 0 to 1.
 */
export function holdOutRatings(
  ratings: Csr,
  { share, seed }: { share: number; seed: number },
): RatingFold {
  const { next } = createRandom(seed);
  const heldOut = Array.from(ratings.values, () => next() < share);
  return {
    train: keepEntries(ratings, (p) => !heldOut[p]),
    test: keepEntries(ratings, (p) => heldOut[p]),
  };
}
