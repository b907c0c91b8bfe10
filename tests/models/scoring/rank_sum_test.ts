import { createItemScorer } from "../../../src/linalg/kernels/item_scorer.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { topK } from "../../../src/linalg/top_k.ts";
import { type ApproximateScores, rankSum } from "../../../src/models/scoring/rank_sum.ts";
import { assert, assertEquals } from "../../assert.ts";

const ITEMS = 500;
const FACTORS = 8;
const random = createRandom(4);
const itemFactors = Float32Array.from(
  { length: ITEMS * FACTORS },
  (_, at) => random.normal() / (1 + Math.floor(at / FACTORS) % 50),
);
const scorer = createItemScorer({ factors: FACTORS, itemFactors });

/** 2 · x·y + 3 + an addend, and which items were scored exactly. */
function sumsFor(
  addends: Float32Array,
): { all: Float32Array; sums: ApproximateScores; scored: Set<number> } {
  const user = { vector: Float64Array.from({ length: FACTORS }, () => random.normal()) };
  const products = new Float32Array(ITEMS);
  scorer.score(user, products);
  const all = products.map((product, item) => 2 * product + 3 + addends[item]);
  const scored = new Set<number>();
  const touched = Uint32Array.from(addends.keys()).filter((item) => addends[item] > 0);
  // Lists may overlap and hold less than k items; there may be none.
  const likely = [[], [touched], [touched, Uint32Array.of(0, 1)]][random.integer(3)];
  const known = random.next() < 0.5 ? { touched: [touched] } : {};
  return {
    all,
    scored,
    sums: {
      ...{
        ...known,
        addends,
        likely,
        lazy: scorer.lazily(user),
        factor: 2,
        constant: 3,
        tolerance: 1e-5,
      },
      exact(items) {
        items.forEach((item) => scored.add(item));
        return Float32Array.from(items, (item) => all[item]);
      },
    },
  };
}

/** Few items have an addend; equal ones are common. */
const addendsAtRandom = () =>
  Float32Array.from({ length: ITEMS }, () => random.next() < 0.1 ? random.integer(4) : 0);

Deno.test("lists are the top k of all sums, whatever is hidden", () => {
  for (let trial = 0; trial < 100; trial++) {
    const addends = addendsAtRandom();
    const { all, sums } = sumsFor(addends);
    const before = addends.slice();
    const hidden = Uint32Array.from(
      { length: random.integer(60) },
      () => random.integer(ITEMS + 5),
    );
    for (const k of [1, 10, ITEMS + 1]) {
      const visible = all.map((sum, item) => hidden.includes(item) ? -Infinity : sum);
      const list = topK(visible, k);
      assertEquals(rankSum(sums, hidden, k), list);
      if (list.scores.length === k) {
        assertEquals(rankSum(sums, hidden, k, list.scores[k - 1] - random.next()), list);
      }
      assertEquals(addends, before);
    }
  }
});

Deno.test("without another model, the addends alone select", () => {
  for (let trial = 0; trial < 20; trial++) {
    const addends = addendsAtRandom();
    const sums: ApproximateScores = {
      ...{ addends, likely: [], factor: 0, constant: 0, tolerance: 0.5 },
      // Off by less than the tolerance, so that the order differs.
      exact: (items) => Float32Array.from(items, (item) => addends[item] + (item % 5) / 11),
    };
    const all = addends.map((addend, item) => addend + (item % 5) / 11);
    assertEquals(rankSum(sums, new Uint32Array(0), 7), topK(all, 7));
  }
});

Deno.test("most items are never scored exactly", () => {
  const { sums, scored } = sumsFor(addendsAtRandom());
  rankSum(sums, new Uint32Array(0), 10);
  assert(scored.size < 60, `${scored.size} of ${ITEMS}`);
});
