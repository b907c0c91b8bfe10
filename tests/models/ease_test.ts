import { inverse, Matrix } from "ml-matrix";
import { InputError } from "../../src/interactions/input_error.ts";
import { historyOf, ratingMatrix } from "../../src/interactions/interactions.ts";
import { ease, type EaseOptions } from "../../src/models/ease.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { largestGap, randomCsr, toDense } from "../linalg/made_at_random.ts";
import { blockInteractions, purchasesOf } from "./block_data.ts";

const data = blockInteractions();

async function fit(train: typeof data, options: Partial<EaseOptions>) {
  return await ease.fit(train, { rating: "max", ...options });
}

/** B of the paper. */
function weightsOf(ratings: Matrix, lambda: number): Matrix {
  const p = inverse(ratings.transpose().mmul(ratings).add(Matrix.eye(ratings.columns).mul(lambda)));
  const weights = Matrix.zeros(p.rows, p.columns);
  for (let i = 0; i < p.rows; i++) {
    for (let j = 0; j < p.columns; j++) if (i !== j) weights.set(i, j, -p.get(i, j) / p.get(j, j));
  }
  return weights;
}

Deno.test("scores are r·B by a dense inverse", async () => {
  const ratings = toDense(ratingMatrix(data, "max"));
  const expected = ratings.mmul(weightsOf(ratings, 5));
  const model = await fit(data, { regularization: 5 });
  const scores = new Float32Array(model.itemCount);
  for (let user = 0; user < data.userIds.size; user++) {
    model.score(historyOf(data, user), scores);
    assert(largestGap(scores, expected.getRow(user)) < 1e-2, `user ${user}`);
  }
});

Deno.test("fewer neighbors keep the largest weights that foretell each product, unchanged", async () => {
  const all = transpose(await weightMatrix({ regularization: 5 }));
  const few = transpose(await weightMatrix({ regularization: 5, neighbors: 3 }));
  few.forEach((kept, product) => {
    const weights = kept.filter((weight) => weight !== 0).map(Math.abs).sort((a, b) => b - a);
    assertEquals(weights, all[product].map(Math.abs).sort((a, b) => b - a).slice(0, 3));
    kept.forEach((weight, i) => assert(weight === 0 || weight === all[product][i]));
  });
});

/** B: what a purchase of each product alone scores, by the weight of a purchase. */
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

Deno.test("only the most popular products take part, as if there were no others", async () => {
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
    assert(largestGap(scores, weightsOf(popular, 1).getRow(item)) < 1e-3, `item ${item}`);
  }
});

Deno.test("a catalogue that would take too long is refused, with the number that would do", async () => {
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
      '150000 × 450000; set option "items" to 129099 or less to leave out the least popular, or take ' +
      "item_knn or graph_svd, which have no limit",
  );
});

Deno.test("a regularization below what single precision can tell apart is refused", async () => {
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
