import { SVD } from "ml-matrix";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf, ratingMatrix } from "../../src/interactions/interactions.ts";
import { pureSvd } from "../../src/models/pure_svd.ts";
import { assert, assertRejects } from "../assert.ts";
import { largestGap, toDense } from "../linalg/made_at_random.ts";
import { blockInteractions } from "./block_data.ts";

const data = blockInteractions();

for (const rating of ["max", "logsum"] as const) {
  Deno.test(`scores are r·V·Vᵀ of the full decomposition, ratings by ${rating}`, async () => {
    const dense = toDense(ratingMatrix(data, rating));
    const v = new SVD(dense).rightSingularVectors.subMatrix(0, data.itemIds.size - 1, 0, 2);
    const expected = dense.mmul(v).mmul(v.transpose());

    const model = await pureSvd.fit(data, { factors: 3, iterations: 20, rating });
    const scores = new Float32Array(model.itemCount);
    for (let user = 0; user < data.userIds.size; user++) {
      model.score(historyOf(data, user), scores);
      assert(largestGap(scores, expected.getRow(user)) < 1e-5, `user ${user}`);
    }
  });
}

Deno.test("more factors than users or products are refused", async () => {
  await assertRejects(
    async () => await pureSvd.fit(data, { factors: 16 }),
    InputError,
    `Cannot fit pure_svd: option "factors" must be at most 15 (the data has 15 users and ` +
      "15 products), got 16; choose fewer",
  );
});
