import { Matrix, solve } from "ml-matrix";
import { historyOf, type Interactions, ratingMatrix } from "../../src/interactions/interactions.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import { readScalar } from "../../src/linalg/tensor.ts";
import { als } from "../../src/models/als.ts";
import type { Model } from "../../src/models/model.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";
import { largestGap, toDense } from "../linalg/made_at_random.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { blockInteractions, purchasesOf } from "./block_data.ts";

const data = blockInteractions();
const options = {
  factors: 3,
  iterations: 10,
  // Four purchases of 4 and two views per user, among 15 products: α₀ = 0.25 · 18/15 = 0.3.
  unobservedRatio: 0.25,
  regularization: 0.02,
  frequencyPower: 0.5,
  rating: "max",
} as const;

function itemsOf(model: Model): Matrix {
  const { data, width } = model.itemVectors!;
  return Matrix.from1DArray(model.itemCount, width, data);
}

Deno.test("a history is folded in by the training step, pulled by its frequency", async () => {
  const model = await als.fit(data, options);
  const y = itemsOf(model);
  const weights = toDense(ratingMatrix(data, "max"));
  const scores = new Float32Array(model.itemCount);
  for (let user = 0; user < data.userIds.size; user++) {
    const w = weights.getRow(user);
    // Four purchases of 4 and a view of each of two other blocks: λ_u = 0.02·√(18 + 0.3·15).
    const lambda = 0.02 * Math.sqrt(22.5);
    const system = y.transpose().mmul(y).mul(0.3)
      .add(y.transpose().mmul(Matrix.diag(w)).mmul(y))
      .add(Matrix.eye(3).mul(lambda));
    const x = solve(system, y.transpose().mmul(Matrix.columnVector(w)));
    model.score(historyOf(data, user), scores);
    assert(largestGap(scores, y.mmul(x).to1DArray()) < 1e-5, `user ${user}`);
  }
});

Deno.test("pairs without events weigh by the density of those that have events", async () => {
  const weightOf = async (factors: number | "auto", data: Interactions) => {
    const model = await als.fit(data, { ...options, factors });
    return [readScalar(model.toTensors(), "unobservedWeight"), model.itemVectors?.width];
  };
  const all = {
    ...data,
    itemIds: IdMap.from(Array.from({ length: 16 }, (_, item) => `item-${item}`)),
  };
  for (const one of [data, all]) {
    const [weight = NaN, factors] = await weightOf(3, one);
    assertAlmostEquals(weight, 0.3, 1e-12);
    assertEquals(factors, 3);
  }
  assertEquals((await weightOf("auto", data))[1], 64);
});

Deno.test("catalogues from 10,000 products on get longer vectors and fewer sweeps", async () => {
  // Each product with an event of its own.
  const large = interactionsOf(
    Array.from({ length: 10_000 }, (_, item) => [item % 100, item, 1, item] as const),
  );
  const small = { ...large, items: large.items.map((item) => item % 9999) };
  const vectorsOf = async (shop: Interactions, given: object) =>
    (await als.fit(shop, given)).itemVectors!;
  for (const [shop, factors, iterations] of [[small, 64, 8], [large, 128, 5]] as const) {
    const byDefault = await vectorsOf(shop, {});
    assertEquals(byDefault.width, factors);
    assertEquals(byDefault, await vectorsOf(shop, { factors, iterations }));
  }
});

Deno.test("after many sweeps the gradient is zero for every item", async () => {
  const model = await als.fit(data, { ...options, iterations: 300 });
  const y = itemsOf(model);
  const weights = toDense(ratingMatrix(data, "max"));
  const scores = new Float32Array(model.itemCount);
  const predicted = Matrix.zeros(15, 15);
  for (let user = 0; user < 15; user++) {
    model.score(historyOf(data, user), scores);
    predicted.setRow(user, [...scores]);
  }
  // x = scores·Y(YᵀY)⁻¹, and with it 0 = α₀·XᵀX·y + Σ w·x·(x·y − 1) + λ·y for every item.
  const gram = y.transpose().mmul(y);
  const x = solve(gram, predicted.mmul(y).transpose()).transpose();
  for (let item = 0; item < 15; item++) {
    const own = y.getRowVector(item).transpose();
    const w = weights.getColumn(item);
    const total = w.reduce((sum, weight) => sum + weight, 0);
    const errors = x.mmul(own).to1DArray().map((product, user) => w[user] * (product - 1));
    const gradient = x.transpose().mmul(x).mul(0.3).mmul(own)
      .add(x.transpose().mmul(Matrix.columnVector(errors)))
      .add(own.clone().mul(0.02 * Math.sqrt(total + 0.3 * 15)));
    assert(largestGap(gradient.to1DArray(), [0, 0, 0]) < 1e-3, `item ${item}`);
  }
});

Deno.test("explanations sum to the score, repeated events share a part", async () => {
  const model = await als.fit(data, options);
  const history = purchasesOf([5, 6, 5, 12]);
  const scores = new Float32Array(model.itemCount);
  model.score(history, scores);
  const wanted = Uint32Array.of(8, 14);
  const explanations = model.explain?.(history, wanted) ?? [];
  assertEquals(explanations.length, 2);
  explanations.forEach(({ base, events }, i) => {
    assertAlmostEquals(events.reduce((sum, part) => sum + part, base), scores[wanted[i]], 1e-5);
    assertEquals(events[0], events[2]);
  });
  // Item 8 is in the block of 5 and 6.
  assert(explanations[0].events[1] > Math.abs(explanations[0].events[3]));
});
