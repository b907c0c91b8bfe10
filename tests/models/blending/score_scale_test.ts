import { benchInteractions } from "../../../scripts/bench/lib/http/bench_shop.ts";
import { EMPTY_HISTORY } from "../../../src/interactions/history.ts";
import { historyOf } from "../../../src/interactions/interactions.ts";
import { normalizeScores } from "../../../src/models/blending/normalize_scores.ts";
import { itemKnn } from "../../../src/models/item_knn.ts";
import { knownRange, scaleOf } from "../../../src/models/blending/score_scale.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { rangeOf } from "../../../src/models/scoring/range_of.ts";
import { assertAlmostEquals } from "../../assert.ts";
import { scoresOf } from "../scores_of.ts";

const shop = benchInteractions({ users: 60, items: 100, pairs: 600 });
const OPTIONS: Readonly<Record<string, object>> = {
  svd: { factors: 4 },
  als: { factors: 4 },
  pure_svd: { factors: 4 },
  graph_svd: { factors: 4 },
  sasrec: { factors: 16, minHistories: 1, epochs: 2 },
};

for (const { name, fit } of algorithms) {
  Deno.test(`the scale of ${name} normalizes its scores`, async () => {
    const model = await fit(shop, OPTIONS[name]);
    const others = name === itemKnn.name ? await fit(shop, { selfSimilarity: 0 }) : model;
    const buffer = new Float32Array(model.itemCount);
    for (const history of [historyOf(shop, 3), historyOf(shop, 40), EMPTY_HISTORY]) {
      for (const normalize of ["minmax", "zscore", "bounds"] as const) {
        const { zero, unit } = scaleOf(model, history, { normalize, buffer });
        const scores = new Float32Array(model.itemCount);
        model.score(history, scores);
        const expected = scores.slice();
        // Without what items add to themselves.
        normalizeScores(
          expected,
          normalize,
          name !== itemKnn.name && normalize === "bounds"
            ? knownRange(model, history, normalize)
            : rangeOf(scoresOf(others, history)),
        );
        scores.forEach((score, item) =>
          assertAlmostEquals(unit === 0 ? 0 : (score - zero) / unit, expected[item], 1e-4)
        );
      }
    }
  });
}
