import { measureFit } from "../../../../../scripts/bench/lib/quality/rating_errors.ts";
import { searchRatingOptions } from "../../../../../scripts/bench/lib/quality/rating_search.ts";
import { ratingMatrix } from "../../../../../src/interactions/interactions.ts";
import type { Csr } from "../../../../../src/linalg/sparse/csr.ts";
import { svd } from "../../../../../src/models/svd.ts";
import { assert, assertAlmostEquals, assertEquals } from "../../../../assert.ts";
import { type HandEvent, interactionsOf } from "../../../../interactions/made_by_hand.ts";
import { plantedRatings } from "../../../../models/ratings_data.ts";

/** A matrix of two users and two items by default. */
function ratingsOf(events: readonly HandEvent[], { users = 2, items = 2 } = {}): Csr {
  return ratingMatrix(interactionsOf(events, { users, items }));
}

/** User 0 rates the items 2 and 4; user 1 is only in the test and gives the same ratings. */
const fold = {
  train: ratingsOf([[0, 0, 2, 1], [0, 1, 4, 2]]),
  test: ratingsOf([[1, 0, 2, 1], [1, 1, 4, 2]]),
};

Deno.test("a new user's ratings are predicted by the mean and the item biases, either way", () => {
  // With a learning rate of 1e-9 all biases stay near zero: the mean, 3, is off by 1 both times.
  const options = { ...svd.defaults, factors: 2, epochs: 1, learningRate: 1e-9 };
  const { learned, foldIn } = measureFit(fold, options, [1, 15]);
  for (const { rmse, mae } of [learned, ...foldIn]) {
    assertAlmostEquals(rmse, 1, 1e-6);
    assertAlmostEquals(mae, 1, 1e-6);
  }
  assertEquals(foldIn.length, 2);
});

Deno.test("predictions are clipped to the range of the training ratings", () => {
  // User 0 rates 1 above user 1, and item 0 gets 1 more than item 1: 5 in sum, but the maximum is
  // 4.
  const train = ratingsOf([[0, 1, 4, 1], [1, 1, 3, 2], [1, 0, 4, 3]]);
  const test = ratingsOf([[0, 0, 4, 1]]);
  const options = {
    ...svd.defaults,
    factors: 1,
    epochs: 500,
    learningRate: 0.1,
    regularization: 0,
  };
  const { learned } = measureFit({ train, test }, options, []);
  assertEquals(learned, { rmse: 0, mae: 0 });
});

Deno.test("the search finds enough epochs for planted ratings, and a weak ridge", () => {
  const { train } = plantedRatings({ users: 30, items: 30 });
  const base = { ...svd.defaults, factors: 4, learningRate: 0.02, regularization: 0.002 };
  const reported: number[] = [];
  const best = searchRatingOptions(ratingMatrix(train), {
    base,
    grid: { epochs: [1, 200], foldInRegularization: [0.05, 100] },
    progress: (done) => reported.push(done),
  });
  assertEquals(best.learned, { ...base, epochs: 200 });
  assertEquals(best.foldIn, { ...base, epochs: 200, foldInRegularization: 0.05 });
  assertEquals(reported, [0.5, 1]);
});

Deno.test("planted ratings are predicted far better than by the mean", () => {
  const { train, heldOut } = plantedRatings();
  const test = ratingsOf(
    heldOut.map(({ user, item, rating }, i) => [user, item, rating, i]),
    { users: 80, items: 60 },
  );
  const options = {
    ...svd.defaults,
    factors: 4,
    epochs: 200,
    learningRate: 0.02,
    regularization: 0.002,
  };
  const errors = measureFit({ train: ratingMatrix(train), test }, options, [0.05]);
  // The ratings have a standard deviation of 2.
  assert(errors.learned.rmse < 0.2);
  assert(errors.foldIn[0].rmse < 0.2);
});
