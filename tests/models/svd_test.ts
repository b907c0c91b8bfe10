import { Matrix, solve } from "ml-matrix";
import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf } from "../../src/interactions/interactions.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { tensor } from "../../src/linalg/tensor.ts";
import { createSvd, svd, type SvdOptions, type SvdParameters } from "../../src/models/svd.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { plantedRatings } from "./ratings_data.ts";
import { assertRounded, scoresOf } from "./scores_of.ts";

const FACTORS = 4;
const ITEMS = 30;
const STRENGTH = 0.8;

function randomParameters(implicit: boolean): SvdParameters {
  const { normal } = createRandom(1);
  const normals = (length: number) => Float32Array.from({ length }, normal);
  return {
    factors: FACTORS,
    itemFactors: normals(ITEMS * FACTORS),
    itemBiases: normals(ITEMS),
    ...(implicit && { implicitFactors: normals(ITEMS * FACTORS) }),
    mean: 2.5,
    foldInRegularization: STRENGTH,
    rating: "max",
  };
}

/** Every second item, rated 1 to 5. */
function ratedHistory(count: number): History {
  return {
    items: Uint32Array.from({ length: count }, (_, i) => 2 * i),
    weights: Float32Array.from({ length: count }, (_, i) => 1 + i % 5),
    times: Uint32Array.from({ length: count }, (_, i) => i),
  };
}

/** r̂ = μ + bᵢ + b + qᵢ·(x + z), (x, b) from the normal equations, solved by ml-matrix. */
function oracleScores(parameters: SvdParameters, { items, weights }: History): number[] {
  const { itemFactors, itemBiases, implicitFactors, mean } = parameters;
  const vector = (
    values: Float32Array,
    item: number,
  ) => [...values.subarray(item * FACTORS, (item + 1) * FACTORS)];
  const z = Array.from(
    { length: FACTORS },
    (_, f) =>
      [...items].reduce(
        (sum, item) => sum + (implicitFactors ? vector(implicitFactors, item)[f] : 0),
        0,
      ) / Math.sqrt(items.length),
  );
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, f) => sum + value * b[f], 0);
  const rows = new Matrix([...items].map((item) => [...vector(itemFactors, item), 1]));
  const left = Matrix.columnVector(
    [...items].map((item, i) =>
      weights[i] - mean - itemBiases[item] - dot(vector(itemFactors, item), z)
    ),
  );
  const gram = rows.transpose().mmul(rows).add(Matrix.eye(FACTORS + 1).mul(STRENGTH));
  const [...solution] = solve(gram, rows.transpose().mmul(left)).to1DArray();
  const user = z.map((value, f) => value + solution[f]);
  return Array.from(
    { length: ITEMS },
    (_, item) => mean + itemBiases[item] + solution[FACTORS] + dot(user, vector(itemFactors, item)),
  );
}

for (const implicit of [false, true]) {
  const form = implicit ? "with" : "without";
  Deno.test(`folding in ${form} implicit vectors solves the ridge regression`, () => {
    const parameters = randomParameters(implicit);
    const model = createSvd(parameters);
    for (const count of [1, FACTORS, FACTORS + 1, FACTORS + 2, 15]) {
      const history = ratedHistory(count);
      const scores = scoresOf(model, history);
      oracleScores(parameters, history).forEach((expected, item) =>
        assertAlmostEquals(scores[item], expected, 1e-5)
      );
    }
  });
}

Deno.test("with one factor a single rating folds in as worked out by hand", () => {
  // Item 0: q = 2, bias 0.5; rated 5, μ = 3, λ = 3. The residual is 1.5; (x, b) = 1.5·(2, 1)/(2² +
  // 1² + 3).
  const model = createSvd({
    factors: 1,
    itemFactors: Float32Array.of(2, -1),
    itemBiases: Float32Array.of(0.5, 0),
    mean: 3,
    foldInRegularization: 3,
    rating: "max",
  });
  const history = { ...EMPTY_HISTORY, items: Uint32Array.of(0), weights: Float32Array.of(5) };
  const x = 1.5 * 2 / 8, b = 1.5 / 8;
  assertEquals(scoresOf(model, history), Float32Array.of(3.5 + b + 2 * x, 3 + b - x));
});

Deno.test("an unknown user is predicted the item's mean rating", () => {
  for (const implicit of [false, true]) {
    const parameters = randomParameters(implicit);
    const expected = parameters.itemBiases.map((bias) => 2.5 + bias);
    assertEquals(scoresOf(createSvd(parameters), EMPTY_HISTORY), expected);
  }
});

Deno.test("a stronger ridge pulls the user towards the mean", () => {
  const parameters = randomParameters(false);
  const model = createSvd({ ...parameters, foldInRegularization: 1e12 });
  const unknown = scoresOf(model, EMPTY_HISTORY);
  scoresOf(model, ratedHistory(10)).forEach((score, item) =>
    assertAlmostEquals(score, unknown[item], 1e-5)
  );
});

Deno.test("several events with one item fold in as one rating, as in training", () => {
  const twice = {
    items: Uint32Array.of(3, 3),
    weights: Float32Array.of(1, 4),
    times: Uint32Array.of(1, 2),
  };
  const once = (rating: number) => ({
    items: Uint32Array.of(3),
    weights: Float32Array.of(rating),
    times: Uint32Array.of(1),
  });
  const parameters = randomParameters(true);
  for (const [rating, weight] of [["max", 4], ["sum", 5], ["logsum", Math.log2(6)]] as const) {
    // The oracle's history has the rating itself.
    const plain = createSvd({ ...parameters, rating: "max" });
    const model = createSvd({ ...parameters, rating });
    const again = svd.fromTensors(model.toTensors());
    assertEquals(scoresOf(model, twice), scoresOf(plain, once(weight)));
    assertRounded(scoresOf(again, twice), scoresOf(plain, once(weight)));
  }
});

Deno.test("equal vectors with the smallest ridge don't break the fold-in", () => {
  const parameters = randomParameters(false);
  const itemFactors = parameters.itemFactors.slice();
  itemFactors.copyWithin(FACTORS, 0, FACTORS);
  const model = createSvd({ ...parameters, itemFactors, foldInRegularization: 1e-6 });
  const history = { ...ratedHistory(2), items: Uint32Array.of(0, 1) };
  assert(scoresOf(model, history).every(Number.isFinite));
});

for (const implicit of [false, true]) {
  const form = implicit ? "with" : "without";
  Deno.test(`planted ratings are predicted from the history ${form} implicit vectors`, async () => {
    const { train, heldOut } = plantedRatings();
    const model = await svd.fit(train, {
      factors: 4,
      epochs: 300,
      learningRate: 0.02,
      regularization: 0.002,
      foldInRegularization: 0.05,
      implicit,
    });
    const errors = heldOut.map(({ user, item, rating }) =>
      rating - scoresOf(model, historyOf(train, user))[item]
    );
    const rmse = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    assert(rmse < 0.15, `the error on unseen ratings is ${rmse}`);
  });
}

Deno.test("the model with implicit vectors is the same after saving and loading", async () => {
  const { train } = plantedRatings({ users: 10, items: 10 });
  const model = await svd.fit(train, { factors: 3, implicit: true });
  const tensors = model.toTensors();
  assertEquals(tensors.implicitFactors.shape, [10, 3]);
  const again = svd.fromTensors(structuredClone(tensors));
  assertRounded(scoresOf(again, historyOf(train, 2)), scoresOf(model, historyOf(train, 2)));
  assertThrows(
    () => svd.fromTensors({ ...tensors, implicitFactors: tensor(new Uint32Array(30)) }),
    TypeError,
    `tensor "implicitFactors": expected a Int16Array, got a Uint32Array`,
  );
});

Deno.test("one user with one item is enough to fit", async () => {
  const model = await svd.fit(interactionsOf([[0, 0, 4, 1]]), { factors: 2 });
  assertAlmostEquals(scoresOf(model, EMPTY_HISTORY)[0], 4, 1e-2);
});

Deno.test("options out of their range are refused by name", () => {
  const data = interactionsOf([[0, 0, 4, 1]]);
  const wrong: Partial<Record<keyof SvdOptions, unknown>>[] = [
    { factors: 0 },
    { factors: 1.5 },
    { epochs: 0 },
    { learningRate: 0 },
    { regularization: -1 },
    { foldInRegularization: 0 },
    { implicit: "yes" },
    { rating: "mean" },
    { seed: 0.5 },
  ];
  for (const options of wrong) {
    const [name] = Object.keys(options);
    assertThrows(
      () => svd.fit(data, options as Partial<SvdOptions>),
      InputError,
      `Cannot fit svd: option "${name}" must be`,
    );
  }
});

Deno.test("a descent that diverges is refused", () => {
  const { train } = plantedRatings();
  assertThrows(
    () => svd.fit(train, { factors: 4, learningRate: 5 }),
    InputError,
    `the descent diverged, option "learningRate" must be lower, got 5`,
  );
});
