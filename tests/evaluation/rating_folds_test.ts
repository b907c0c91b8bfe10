import { crossValidateRatings } from "../../src/evaluation/rating_folds.ts";
import { spreadOf } from "../../src/evaluation/spread.ts";
import { InputError } from "../../src/base/input_error.ts";
import { ratingMatrix } from "../../src/interactions/interactions.ts";
import {
  type FactorizationOptions,
  factorizeRatings,
  implicitVector,
} from "../../src/models/factors/biased_factorization.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";
import { plantedRatings } from "../models/ratings_data.ts";

const options: FactorizationOptions = {
  factors: 2,
  epochs: 3,
  learningRate: 0.05,
  regularization: 0.1,
  implicit: false,
  seed: 5,
};
/** Every user's rating of every item: 5 and 3, 4 and 1. */
const events: HandEvent[] = [[0, 0, 5, 1], [0, 1, 3, 2], [1, 0, 4, 3], [1, 1, 1, 4]];
const size = { users: 2, items: 2 };
const ratings = ratingMatrix(interactionsOf(events, size));

Deno.test("four ratings predicted by the mean of the others err as worked out by hand", () => {
  const meanOnly = { ...options, factors: 0, epochs: 0 };
  const { folds, rmse, mae } = crossValidateRatings(ratings, meanOnly, { folds: 4 });
  // The means of the other three: 8/3 for the 5, 10/3 for the 3, 3 for the 4, 4 for the 1.
  const errors = [1 / 3, 1, 7 / 3, 3];
  folds.map((fold) => fold.rmse).sort().forEach((error, i) =>
    assertAlmostEquals(error, errors[i], 1e-6)
  );
  assertAlmostEquals(rmse.mean, 5 / 3, 1e-6);
  assertAlmostEquals(rmse.deviation, spreadOf(errors).deviation, 1e-6);
  assertAlmostEquals(mae.mean, 5 / 3, 1e-6);
});

for (const implicit of [false, true]) {
  Deno.test(`each rating is predicted by what all others taught, implicit ${implicit}`, () => {
    const { folds } = crossValidateRatings(ratings, { ...options, implicit }, { folds: 4 });
    const expected = events.map(([user, item, rating]) => {
      const others = events.filter((event) => event[0] !== user || event[1] !== item);
      const train = ratingMatrix(interactionsOf(others, size));
      const learned = factorizeRatings(train, { ...options, implicit });
      const z = implicitVector(Uint32Array.of(1 - item), 2, learned.implicitFactors);
      const [p, q] = [learned.userFactors, learned.itemFactors];
      const predicted = learned.mean + learned.userBiases[user] + learned.itemBiases[item] +
        q[2 * item] * (p[2 * user] + z[0]) + q[2 * item + 1] * (p[2 * user + 1] + z[1]);
      return Math.abs(Math.min(5, Math.max(1, predicted)) - rating);
    });
    expected.sort();
    folds.map(({ rmse }) => rmse).sort().forEach((error, i) =>
      assertAlmostEquals(error, expected[i], 1e-6)
    );
  });
}

Deno.test("the better of two learning rates on planted ratings has the lower error", () => {
  const { train } = plantedRatings();
  const planted = ratingMatrix(train);
  const [slow, fast] = [0.0001, 0.02].map((learningRate) =>
    crossValidateRatings(planted, { ...options, epochs: 10, learningRate }, { folds: 3 })
  );
  assert(fast.rmse.mean < 0.8 * slow.rmse.mean, `${fast.rmse.mean} ${slow.rmse.mean}`);
  assertEquals(fast.folds.length, 3);
});

Deno.test("the same seed deals the same folds, another seed others", () => {
  const planted = ratingMatrix(plantedRatings({ users: 10, items: 10 }).train);
  const run = (seed: number) => crossValidateRatings(planted, options, { folds: 2, seed });
  assertEquals(run(1), run(1));
  assert(run(1).rmse.mean !== run(2).rmse.mean);
});

Deno.test("progress rises from fold to fold to 1", () => {
  const reported: number[] = [];
  crossValidateRatings(
    ratings,
    { ...options, epochs: 1 },
    { folds: 2 },
    (done) => reported.push(done),
  );
  assertEquals(reported, [0.5, 1]);
});

Deno.test("folds must be at least 2 and no more than the ratings", () => {
  for (const folds of [1, 5, 2.5]) {
    assertThrows(
      () => crossValidateRatings(ratings, options, { folds }),
      InputError,
      `folds must be a whole number from 2 to the 4 ratings, got ${folds}`,
    );
  }
});

Deno.test("a descent that diverges is blamed on the learning rate", () => {
  const planted = ratingMatrix(plantedRatings().train);
  assertThrows(
    () => crossValidateRatings(planted, { ...options, learningRate: 50 }, { folds: 2 }),
    InputError,
    'option "learningRate" must be lower, got 50',
  );
});
