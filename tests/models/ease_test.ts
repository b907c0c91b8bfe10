import { inverse, Matrix } from "ml-matrix";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf, ratingMatrix } from "../../src/interactions/interactions.ts";
import { ease, type EaseOptions } from "../../src/models/ease.ts";
import type { Model } from "../../src/models/model.ts";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { largestGap, randomCsr, toDense } from "../linalg/made_at_random.ts";
import { blockInteractions, purchasesOf } from "./block_data.ts";

const data = blockInteractions();

async function fit(train: typeof data, options: Partial<EaseOptions>) {
  return await ease.fit(train, { rating: "max", userPower: 0, frequencyPower: 0, ...options });
}

/** B of the paper, from a Gram matrix and the pull of each product. */
function weightsOf(gram: Matrix, pulls: readonly number[]): Matrix {
  const p = inverse(Matrix.add(gram, Matrix.diag([...pulls])));
  const weights = Matrix.zeros(p.rows, p.columns);
  for (let i = 0; i < p.rows; i++) {
    for (let j = 0; j < p.columns; j++) if (i !== j) weights.set(i, j, -p.get(i, j) / p.get(j, j));
  }
  return weights;
}

function gramOf(ratings: Matrix, userWeights = Array<number>(ratings.rows).fill(1)): Matrix {
  return ratings.transpose().mmul(Matrix.diag(userWeights)).mmul(ratings);
}

Deno.test("scores are r·B by a dense inverse", async () => {
  const ratings = toDense(ratingMatrix(data, "max"));
  const expected = ratings.mmul(weightsOf(gramOf(ratings), Array(15).fill(5)));
  const model = await fit(data, { regularization: 5 });
  assertScores(model, expected);
});

Deno.test("powers weigh users by n^−userPower and pull products by λ·G_ii^ν", async () => {
  // User 0 meets four products, the others two or one; product 1 is met by three of five.
  const train = interactionsOf(
    [[0, 0, 4], [0, 1, 2], [0, 2, 1], [0, 3, 1], [1, 1, 1], [1, 2, 4], [2, 0, 1], [3, 1, 2], [
      4,
      3,
      1,
    ]]
      .map(([user, item, weight], time) => [user, item, weight, time] as const),
  );
  const ratings = toDense(ratingMatrix(train, "max"));
  const gram = gramOf(ratings, [4, 2, 1, 1, 1].map((n) => n ** -0.5));
  const expected = ratings.mmul(weightsOf(gram, gram.diagonal().map((g) => 3 * g ** 0.25)));
  const options = { regularization: 3, userPower: 0.5, frequencyPower: 0.25 };
  assertScores(await fit(train, options), expected, train);
});

function assertScores(model: Model, expected: Matrix, train = data): void {
  const scores = new Float32Array(model.itemCount);
  for (let user = 0; user < train.userIds.size; user++) {
    model.score(historyOf(train, user), scores);
    const gap = largestGap(scores, expected.getRow(user));
    assert(gap < 1e-2, `user ${user}: ${gap}`);
  }
}

Deno.test("fewer neighbors keep the largest weights of each product, unchanged", async () => {
  const all = transpose(await weightMatrix({ regularization: 5 }));
  const few = transpose(await weightMatrix({ regularization: 5, neighbors: 3 }));
  few.forEach((kept, product) => {
    const weights = kept.filter((weight) => weight !== 0).map(Math.abs).sort((a, b) => b - a);
    assertEquals(weights, all[product].map(Math.abs).sort((a, b) => b - a).slice(0, 3));
    kept.forEach((weight, i) => assert(weight === 0 || weight === all[product][i]));
  });
});

/** B, times the weight of a purchase: the scores for a single purchase of each product. */
async function weightMatrix(options: Partial<EaseOptions>): Promise<number[][]> {
  const model = await fit(data, options);
  const scores = new Float32Array(model.itemCount);
  return Array.from(scores, (_, item) => {
    model.score(purchasesOf([item]), scores);
    return Array.from(scores);
  });
}

function transpose(rows: number[][]): number[][] {
  return rows[0].map((_, column) => rows.map((row) => row[column]));
}

Deno.test("nearest: with all products that have common users, the inverse is exact", async () => {
  // Blocks have no common users, so the inverse is 0 between them.
  const exact = await weightMatrix({ regularization: 5 });
  const nearest = await weightMatrix({ regularization: 5, inverse: "nearest" });
  assert(largestGap(nearest.flat(), exact.flat()) < 1e-2);
  // So many neighbors that each product is a block of work of its own.
  const alone = { regularization: 5, inverse: "nearest", neighbors: 100_000 } as const;
  assertEquals(await weightMatrix(alone), nearest);
});

Deno.test("nearest: each product is predicted by a regression on its nearest alone", async () => {
  // Products 1 and 2 share most users with product 0, product 3 fewest.
  const pairs = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [2, 0], [2, 1], [3, 0], [3, 3]];
  const train = interactionsOf(pairs.map(([user, item], i) => [user, item, 1, i] as const));
  const model = await fit(train, { regularization: 1, inverse: "nearest", neighbors: 2 });
  // Ridge of product 0 on 1 and 2, whose Gram matrix is [3 2; 2 2]: solve [4 2; 2 3]·w = [3, 2].
  const expected = [5 / 8, 1 / 4, 0];
  const scores = new Float32Array(4);
  expected.forEach((weight, i) => {
    model.score({ ...purchasesOf([i + 1]), weights: Float32Array.of(1) }, scores);
    assertAlmostEquals(scores[0], weight, 1e-6);
  });
});

Deno.test("only the most popular products take part, as if the others didn't exist", async () => {
  // Users per item: 3, 1, 2, 0, 2.
  const pairs = [[0, 0], [1, 0], [2, 0], [0, 1], [1, 2], [2, 2], [0, 4], [2, 4]];
  const train = interactionsOf(pairs.map(([user, item], i) => [user, item, 1, i] as const), {
    items: 6,
  });
  const popular = Matrix.zeros(3, 6);
  for (const [user, item] of pairs) if (item !== 1) popular.set(user, item, 1);
  const model = await fit(train, { regularization: 1, items: 3 });
  const scores = new Float32Array(6);
  for (let item = 0; item < 6; item++) {
    const history = { ...purchasesOf([item]), weights: Float32Array.of(1) };
    model.score(history, scores);
    assert(
      largestGap(scores, weightsOf(gramOf(popular), Array(6).fill(1)).getRow(item)) < 1e-3,
      `item ${item}`,
    );
  }
});

Deno.test("a catalogue too large to fit is refused, with a feasible size", async () => {
  // 3 users with 150,000 products each: 150,000 × 450,000 = 6.75·10¹⁰.
  const items = 150_000;
  const events = [0, 1, 2].flatMap((user) =>
    Array.from({ length: items }, (_, item) => [user, item, 1, item] as const)
  );
  const train = interactionsOf(events, { users: 3, items });
  const error = await assertRejects(() => fit(train, {}), InputError);
  // √(5·10¹⁰ / 3) = 129,099.4…
  assertEquals(
    error.message,
    "Cannot fit ease: products × pairs of user and product must be at most 50000000000, got " +
      '150000 × 450000; set option "inverse" to nearest, which is approximate, or ' +
      '"items" to 129099 or less to omit the least popular',
  );
});

Deno.test("a regularization too small for single precision is refused", async () => {
  const { rows, indptr, indices, values } = randomCsr(60, 50, 0.5, 3);
  const events = Array.from({ length: rows }, (_, user) => user).flatMap((user) =>
    Array.from(
      indices.subarray(indptr[user], indptr[user + 1]),
      (item, i) => [user, item, values[indptr[user] + i], i] as const,
    )
  );
  await assertRejects(
    () => fit(interactionsOf(events), { regularization: 1e-30 }),
    InputError,
    'option "regularization" must be larger for these ratings, got 1e-30',
  );
});
