import { benchInteractions } from "../../../scripts/bench/lib/http/bench_shop.ts";
import { EMPTY_HISTORY, type History } from "../../../src/interactions/history.ts";
import type { ScoreRange } from "../../../src/linalg/kernels/item_vectors.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { topK } from "../../../src/linalg/top_k.ts";
import { als } from "../../../src/models/als.ts";
import { blendedScores } from "../../../src/models/blending/blended_scores.ts";
import {
  normalizeScores,
  type RangeNormalization,
} from "../../../src/models/blending/normalize_scores.ts";
import { knownRange } from "../../../src/models/blending/score_scale.ts";
import { content } from "../../../src/models/content.ts";
import { itemKnn } from "../../../src/models/item_knn.ts";
import type { Model } from "../../../src/models/model.ts";
import { popularity } from "../../../src/models/popularity.ts";
import { pureSvd } from "../../../src/models/pure_svd.ts";
import { sequentialRules } from "../../../src/models/sequential_rules.ts";
import { sessionKnn } from "../../../src/models/session_knn.ts";
import { rangeOf } from "../../../src/models/scoring/range_of.ts";
import { rankStaged } from "../../../src/models/scoring/rank_staged.ts";
import { svd } from "../../../src/models/svd.ts";
import { assertEquals } from "../../assert.ts";
import { scoresOf } from "../scores_of.ts";

const ITEMS = 400;
const shop = benchInteractions({ users: 150, items: ITEMS, pairs: 2500 });
const models = {
  content: await content.fit(shop),
  pure_svd: await pureSvd.fit(shop, { factors: 16 }),
  item_knn: await itemKnn.fit(shop, { neighbors: 20 }),
  // Own items score far above 1, to which all others are normalized.
  item_knn_for_own: await itemKnn.fit(shop, { neighbors: 20, selfSimilarity: 3000 }),
  sequential_rules: await sequentialRules.fit(shop),
  session_knn: await sessionKnn.fit(shop),
  popularity: await popularity.fit(shop),
  svd: await svd.fit(shop, { factors: 4, epochs: 5 }),
  als: await als.fit(shop, { factors: 8, iterations: 3 }),
};
type Name = keyof typeof models;
/** The same without what items add to themselves, which no score is divided by. */
const others = await itemKnn.fit(shop, { neighbors: 20, selfSimilarity: 0 });

/** The definition: all scores of each member, normalized, weighted and summed. */
function byBruteForce(
  normalize: RangeNormalization,
  members: readonly Model[],
  weights: readonly number[],
  history: History,
): Float32Array {
  const sums = new Float32Array(ITEMS);
  members.forEach((member, m) => {
    const scores = new Float32Array(ITEMS);
    member.score(history, scores);
    normalizeScores(scores, normalize, rangeFor(member, history, normalize));
    for (let item = 0; item < ITEMS; item++) sums[item] += weights[m] * scores[item];
  });
  return sums;
}

function rangeFor(
  member: Model,
  history: History,
  normalize: RangeNormalization,
): ScoreRange | undefined {
  if (member === models.item_knn || member === models.item_knn_for_own) {
    return rangeOf(scoresOf(others, history));
  }
  return normalize === "bounds" ? knownRange(member, history, normalize) : undefined;
}

const random = createRandom(8);

function historyAtRandom(): History {
  const length = random.integer(40);
  // From few items or from many, some of them unknown.
  const range = random.next() < 0.3 ? 3 : ITEMS + 5;
  return {
    items: Uint32Array.from({ length }, () => random.integer(range)),
    weights: Float32Array.from({ length }, () => [1, 2, 4][random.integer(3)]),
    times: Uint32Array.from({ length }, (_, i) => 600 * i),
  };
}

const BLENDS: readonly (readonly Name[])[] = [
  ["content", "pure_svd", "item_knn", "sequential_rules", "session_knn"],
  ["item_knn", "session_knn"],
  ["item_knn_for_own", "session_knn"],
  ["item_knn_for_own", "pure_svd", "content"],
  ["pure_svd"],
  ["svd", "content"],
  ["popularity", "pure_svd", "sequential_rules"],
  ["als", "pure_svd", "item_knn", "svd"],
];

const RANGES: readonly RangeNormalization[] = ["bounds", "minmax"];

const TRIED = BLENDS.flatMap((names) => RANGES.map((normalize) => ({ names, normalize })));

for (const { names, normalize } of TRIED) {
  Deno.test(`${normalize} of ${names.join(", ")} has the bits of scoring everything`, () => {
    const members = names.map((name) => models[name]);
    for (let trial = 0; trial < 60; trial++) {
      const parts = names.map(() => random.next() < 0.1 ? 1e-6 : random.next());
      const total = parts.reduce((a, b) => a + b, 0);
      const weights = parts.map((part) => part / total);
      const history = trial === 0 ? EMPTY_HISTORY : historyAtRandom();
      const all = byBruteForce(normalize, members, weights, history);
      const scoresOf = blendedScores(members, weights, normalize);
      const some = Uint32Array.of(399, 0, 17, 200);
      assertEquals(scoresOf(history).exact(some), Float32Array.from(some, (item) => all[item]));
      const hidden = Uint32Array.from({ length: random.integer(300) }, () => random.integer(ITEMS));
      const visible = all.slice();
      for (const item of hidden) visible[item] = -Infinity;
      for (const k of [1, 10, 50]) {
        const none = new Uint32Array(0);
        const scores = scoresOf(history);
        assertEquals(rankStaged(scores, none, k), topK(all, k));
        assertEquals(rankStaged(scores, hidden, k), topK(visible, k));
      }
    }
  });
}
