import {
  createDescent,
  type DescentParameters,
  type FillVector,
} from "../../../src/linalg/kernels/descent.ts";
import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { createPlainDescent } from "./plain_descent.ts";

// More users than the kernel fetches at a time.
const USERS = 20, ITEMS = 14;

/** Users have 0 to 8 ratings, in turn. */
function someRatings(): Csr {
  const random = createRandom(5);
  const rows = Array.from(
    { length: USERS },
    (_, user) =>
      Array.from({ length: user % 9 }, (_, i) => (3 * user + i) % ITEMS).sort((a, b) => a - b),
  );
  const indptr = new Uint32Array(USERS + 1);
  rows.forEach((row, user) => indptr[user + 1] = indptr[user] + row.length);
  const indices = Uint32Array.from(rows.flat());
  const values = Float32Array.from(indices, () => 1 + random.integer(5));
  return { rows: USERS, columns: ITEMS, indptr, indices, values };
}

function startOf(factors: number): DescentParameters {
  const random = createRandom(factors);
  const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
  return {
    mean: 3.1,
    userBiases: draw(USERS),
    itemBiases: draw(ITEMS),
    userFactors: draw(USERS * factors),
    itemFactors: draw(ITEMS * factors),
  };
}

for (const factors of [1, 16, 20, 100]) {
  const ratings = someRatings();
  const start = startOf(factors);
  const options = { factors, learningRate: 0.01, regularization: 0.3 };
  const z = Float64Array.from({ length: factors }, (_, f) => Math.sin(f));
  const learn = (create: typeof createDescent, implicit: boolean) => {
    const rowsOf = (all: Float32Array): FillVector => (vector, row) =>
      vector.set(all.subarray(row * factors, (row + 1) * factors));
    const descent = create(ratings, {
      ...start,
      userFactors: rowsOf(start.userFactors),
      itemFactors: rowsOf(start.itemFactors),
    }, options);
    const pull = new Float64Array(factors);
    const users = Uint32Array.from({ length: USERS }, (_, i) => USERS - 1 - i);
    if (implicit) users.forEach((user) => descent.learnImplicit(user, { z, pull }));
    else descent.learn(users);
    return { ...descent.parameters(), pull };
  };

  for (const implicit of [false, true]) {
    const form = implicit ? "with" : "without";
    Deno.test(`${factors} factors ${form} z: the same bits as in plain TypeScript`, () => {
      assertEquals(learn(createDescent, implicit), learn(createPlainDescent, implicit));
    });
  }

  Deno.test(`${factors} factors learn what the formula says, up to rounding`, () => {
    const learned = learn(createDescent, true);
    const expected = textbook(ratings, start, { ...options, z });
    for (
      const name of ["userBiases", "itemBiases", "userFactors", "itemFactors", "pull"] as const
    ) {
      learned[name].forEach((value, i) => assertAlmostEquals(value, expected[name][i], 2e-4));
    }
  });
}

/** b += γ(e − λb),  p += γ(e·q − λp),  q += γ(e·(p + z) − λq) */
function textbook(
  { indptr, indices, values }: Csr,
  start: DescentParameters,
  { factors, learningRate: rate, regularization, z }: {
    factors: number;
    learningRate: number;
    regularization: number;
    z: Float64Array;
  },
) {
  const userBiases = Array.from(start.userBiases), itemBiases = Array.from(start.itemBiases);
  const userFactors = Array.from(start.userFactors), itemFactors = Array.from(start.itemFactors);
  let pull: number[] = [];
  for (let user = USERS - 1; user >= 0; user--) {
    pull = new Array<number>(factors).fill(0);
    for (let at = indptr[user]; at < indptr[user + 1]; at++) {
      const item = indices[at];
      const p = user * factors, q = item * factors;
      let predicted = start.mean + userBiases[user] + itemBiases[item];
      for (let f = 0; f < factors; f++) {
        predicted += (userFactors[p + f] + z[f]) * itemFactors[q + f];
      }
      const error = values[at] - predicted;
      userBiases[user] += rate * (error - regularization * userBiases[user]);
      itemBiases[item] += rate * (error - regularization * itemBiases[item]);
      for (let f = 0; f < factors; f++) {
        const u = userFactors[p + f], v = itemFactors[q + f];
        userFactors[p + f] += rate * (error * v - regularization * u);
        itemFactors[q + f] += rate * (error * (u + z[f]) - regularization * v);
        pull[f] += error * v;
      }
    }
  }
  return { userBiases, itemBiases, userFactors, itemFactors, pull };
}
