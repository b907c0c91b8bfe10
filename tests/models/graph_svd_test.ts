import { inverse, Matrix, SVD } from "ml-matrix";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf, ratingMatrix } from "../../src/interactions/interactions.ts";
import { graphSvd } from "../../src/models/graph_svd.ts";
import { assert, assertRejects } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { largestGap, toDense } from "../linalg/made_at_random.ts";
import { blockInteractions, purchasesOf } from "./block_data.ts";
import { assertRounded, scoresOf } from "./scores_of.ts";
import { inVersion1 } from "./version_1.ts";

const data = blockInteractions();

for (
  const options of [
    { rating: "max", userPower: 1, popularityPower: 1 },
    { rating: "logsum", userPower: 1, popularityPower: 1 },
    { rating: "max", userPower: 0.8, popularityPower: 0.5 },
  ] as const
) {
  Deno.test(`scores equal the dense formula, ${JSON.stringify(options)}`, async () => {
    const { rating, userPower, popularityPower } = options;
    const r = toDense(ratingMatrix(data, rating));
    const users = Matrix.diag(r.sum("row").map((degree) => degree ** (-userPower / 2)));
    const degrees = r.sum("column");
    const items = Matrix.diag(degrees.map((degree) => degree ** (-popularityPower / 2)));
    const n = users.mmul(r).mmul(items);
    const v = new SVD(n).rightSingularVectors.subMatrix(0, degrees.length - 1, 0, 2);
    const lowPass = items.mmul(v).mmul(v.transpose()).mmul(inverse(items)).mul(0.4);
    const expected = r.mmul(n.transpose().mmul(n).add(lowPass));

    const model = await graphSvd.fit(data, {
      factors: 3,
      lowPassWeight: 0.4,
      iterations: 20,
      ...options,
    });
    for (let user = 0; user < data.userIds.size; user++) {
      const scores = scoresOf(model, historyOf(data, user));
      assert(largestGap(scores, expected.getRow(user)) < 1e-5, `user ${user}`);
    }
  });
}

Deno.test("without the low-pass filter, users without common items don't interact", async () => {
  // n = 1 / √(2·1) for every pair, so item 1 reaches items 0 and 1 of its one user by n² = ½.
  const apart = interactionsOf([[0, 0, 1, 1], [0, 1, 1, 2], [1, 2, 1, 3], [1, 3, 1, 4]]);
  const model = await graphSvd.fit(apart, {
    factors: 1,
    lowPassWeight: 0,
    userPower: 1,
    popularityPower: 1,
  });
  const history = {
    items: Uint32Array.of(1),
    weights: Float32Array.of(1),
    times: Uint32Array.of(5),
  };
  assert(largestGap(scoresOf(model, history), [0.5, 0.5, 0, 0]) < 1e-6);
});

Deno.test("a model stored with normalized ratings scores the same, stored again too", async () => {
  const model = await graphSvd.fit(data, { factors: 3 });
  const restored = graphSvd.fromTensors(inVersion1(model.toTensors()));
  for (let user = 0; user < data.userIds.size; user++) {
    const history = historyOf(data, user);
    assert(largestGap(scoresOf(restored, history), scoresOf(model, history)) < 1e-4);
  }
  const again = graphSvd.fromTensors(restored.toTensors());
  assertRounded(scoresOf(again, historyOf(data, 1)), scoresOf(model, historyOf(data, 1)));
});

Deno.test("events with weight 0 do no harm", async () => {
  const model = await graphSvd.fit(
    interactionsOf([[0, 0, 0, 1], [0, 1, 1, 2], [1, 2, 0, 3]]),
    { factors: 1 },
  );
  assert(Object.values(model.toTensors()).every(({ data }) => data.every(Number.isFinite)));
  assert(scoresOf(model, purchasesOf([0])).every(Number.isFinite));
});

Deno.test("more factors than users or products are refused", async () => {
  await assertRejects(
    async () => await graphSvd.fit(data, { factors: 16 }),
    InputError,
    `Cannot fit graph_svd: option "factors" must be at most 15`,
  );
});
