import { ratingMatrix } from "../../../src/interactions/interactions.ts";
import {
  type Factorization,
  type FactorizationOptions,
  factorizeRatings,
  implicitVector,
} from "../../../src/models/factors/biased_factorization.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";
import { plantedRatings } from "../ratings_data.ts";

const options: FactorizationOptions = {
  factors: 1,
  epochs: 1,
  learningRate: 0.1,
  regularization: 0.5,
  implicit: false,
  seed: 3,
};

/** User 0 rated items 0 and 1 with 5 and 2, so μ = 3.5; user 1 and item 2 have no ratings. */
const twoRatings = ratingMatrix(
  interactionsOf([[0, 0, 5, 1], [0, 1, 2, 2]], { users: 2, items: 3 }),
);

Deno.test("before the first epoch biases are zero and vectors small", () => {
  const { train } = plantedRatings();
  const start = factorizeRatings(ratingMatrix(train), { ...options, factors: 50, epochs: 0 });
  assert([...start.userBiases, ...start.itemBiases].every((bias) => bias === 0));
  const squares = start.userFactors.reduce((sum, value) => sum + value * value, 0);
  // Deviation 0.1: the mean square is 0.01 within five standard errors, 5·0.01·√(2/n).
  const count = start.userFactors.length;
  assertAlmostEquals(squares / count, 0.01, 5 * 0.01 * Math.sqrt(2 / count));
});

Deno.test("one epoch with one factor steps as worked out by hand", () => {
  const { userFactors: [p0], itemFactors: [q0, r0] } = factorizeRatings(twoRatings, {
    ...options,
    epochs: 0,
  });
  // First rating: r̂ = μ + p·q. Every parameter moves by 0.1·(its gradient − 0.5·itself).
  const e1 = 5 - (3.5 + p0 * q0);
  const userBias1 = 0.1 * e1, itemBias1 = 0.1 * e1;
  const p1 = p0 + 0.1 * (e1 * q0 - 0.5 * p0);
  const q1 = q0 + 0.1 * (e1 * p0 - 0.5 * q0);
  // Second rating: the user's bias and vector have moved.
  const e2 = 2 - (3.5 + userBias1 + p1 * r0);
  const userBias2 = userBias1 + 0.1 * (e2 - 0.5 * userBias1), itemBias2 = 0.1 * e2;
  const p2 = p1 + 0.1 * (e2 * r0 - 0.5 * p1);
  const r1 = r0 + 0.1 * (e2 * p1 - 0.5 * r0);

  const learned = factorizeRatings(twoRatings, options);
  assertEquals(learned.mean, 3.5);
  assertClose(learned.userBiases, [userBias2, 0]);
  assertClose(learned.itemBiases, [itemBias1, itemBias2, 0]);
  assertClose(learned.userFactors, [p2, 0]);
  assertClose(learned.itemFactors, [q1, r1, 0]);
});

Deno.test("one epoch with implicit vectors steps as worked out by hand", () => {
  const implicit = { ...options, implicit: true };
  const start = factorizeRatings(twoRatings, { ...implicit, epochs: 0 });
  const { userFactors: [p0], itemFactors: [q0, r0] } = start;
  const [y0, y1] = start.implicitFactors ?? [];
  const z = (y0 + y1) / Math.SQRT2;
  const e1 = 5 - (3.5 + (p0 + z) * q0);
  const p1 = p0 + 0.1 * (e1 * q0 - 0.5 * p0);
  const q1 = q0 + 0.1 * (e1 * (p0 + z) - 0.5 * q0);
  const e2 = 2 - (3.5 + 0.1 * e1 + (p1 + z) * r0);
  const p2 = p1 + 0.1 * (e2 * r0 - 0.5 * p1);
  const r1 = r0 + 0.1 * (e2 * (p1 + z) - 0.5 * r0);

  const learned = factorizeRatings(twoRatings, implicit);
  assertClose(learned.userFactors, [p2, 0]);
  assertClose(learned.itemFactors, [q1, r1, 0]);
  const stepped = [y0, y1].map((y) =>
    y + 0.1 / Math.SQRT2 * (e1 * q0 - 0.5 * y + e2 * r0 - 0.5 * y)
  );
  assertClose(learned.implicitFactors ?? new Float32Array(0), [...stepped, 0]);
});

Deno.test("the implicit vector is the items' sum over the root of their number", () => {
  const implicitFactors = Float32Array.of(1, 2, 10, 20, 3, 6);
  assertClose(implicitVector(Uint32Array.of(0, 2), 2, implicitFactors), [4, 8], Math.SQRT2);
  assertEquals([...implicitVector(new Uint32Array(0), 2, implicitFactors)], [0, 0]);
  assertEquals([...implicitVector(Uint32Array.of(0, 2), 2)], [0, 0]);
});

for (const implicit of [false, true]) {
  const form = implicit ? "with" : "without";
  Deno.test(`planted factors ${form} implicit vectors predict unseen ratings`, () => {
    const { train, heldOut } = plantedRatings();
    const learned = factorizeRatings(ratingMatrix(train), {
      factors: 4,
      epochs: 300,
      learningRate: 0.02,
      regularization: 0.002,
      implicit,
      seed: 1,
    });
    const errors = heldOut.map(({ user, item, rating }) =>
      rating - predict(learned, ratingsOf(train, user), user, item)
    );
    const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    // The ratings' own deviation is 2: √(1 + 1 + 2).
    assert(rmse < 0.15, `the error on unseen ratings is ${rmse}`);
  });
}

Deno.test("users and items without ratings have a bias and vectors of zero", () => {
  const { userBiases, itemBiases, userFactors, itemFactors, implicitFactors } = factorizeRatings(
    twoRatings,
    { ...options, factors: 3, implicit: true },
  );
  assertEquals([userBiases[1], itemBiases[2]], [0, 0]);
  assertEquals(userFactors.slice(3), new Float32Array(3));
  assertEquals(itemFactors.slice(6), new Float32Array(3));
  assertEquals(implicitFactors?.slice(6), new Float32Array(3));
});

Deno.test("a seed determines what is learned", () => {
  const ratings = ratingMatrix(plantedRatings().train);
  const learned = factorizeRatings(ratings, options);
  assertEquals(factorizeRatings(ratings, options), learned);
  const other = factorizeRatings(ratings, { ...options, seed: 4 });
  assert(other.itemFactors.some((value, i) => value !== learned.itemFactors[i]));
});

Deno.test("progress is reported after every epoch and ends at 1", () => {
  const reported: number[] = [];
  factorizeRatings(twoRatings, { ...options, epochs: 4 }, (done) => reported.push(done));
  assertEquals(reported, [0.25, 0.5, 0.75, 1]);
});

function assertClose(actual: ArrayLike<number>, expected: number[], divisor = 1): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(actual[i], value / divisor, 1e-6));
}

/** r̂ = μ + b_user + b_item + q·(p + z) */
function predict(model: Factorization, rated: Uint32Array, user: number, item: number): number {
  const { mean, userBiases, itemBiases, userFactors, itemFactors, implicitFactors } = model;
  const factors = userFactors.length / userBiases.length;
  const z = implicitVector(rated, factors, implicitFactors);
  return z.reduce(
    (sum, value, f) =>
      sum + itemFactors[item * factors + f] * (userFactors[user * factors + f] + value),
    mean + userBiases[user] + itemBiases[item],
  );
}

function ratingsOf(
  { indptr, items }: { indptr: Uint32Array; items: Uint32Array },
  user: number,
): Uint32Array {
  return items.subarray(indptr[user], indptr[user + 1]);
}
