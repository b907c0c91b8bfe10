/** Baskets without one product, and how lists for them are judged. */
import { assertAlmostEquals, assertEquals } from "../../../../assert.ts";
import {
  answerBaskets,
  askBaskets,
  heldOutLists,
  productKinds,
} from "../../../../../scripts/bench/lib/pages/basket_questions.ts";
import type { Baskets } from "../../../../../src/models/complements/baskets.ts";

function made(...baskets: readonly (readonly number[])[]): Baskets {
  const ends = baskets.reduce((ends, { length }) => [...ends, ends.at(-1)! + length], [0]);
  return {
    indptr: Uint32Array.from(ends),
    items: Uint32Array.from(baskets.flat()),
    times: new Uint32Array(baskets.length),
    omitted: 0,
  };
}

Deno.test("each basket loses one of its products, which is to be found", () => {
  const baskets = [[0, 1, 2], [3, 4], [5, 6, 7, 8]];
  const questions = askBaskets(made(...baskets), { most: 10, seed: 1 });
  const whole = questions.map(({ basket, heldOut }) => [...basket, heldOut].toSorted());
  assertEquals(whole.toSorted((a, b) => a[0] - b[0]), baskets);
});

Deno.test("a sample is the same for the same seed", () => {
  const baskets = made(...Array.from({ length: 20 }, (_, i) => [2 * i, 2 * i + 1]));
  const sample = askBaskets(baskets, { most: 5, seed: 3 });
  assertEquals(sample.length, 5);
  assertEquals(askBaskets(baskets, { most: 5, seed: 3 }), sample);
});

/** Phones 0, 1 and 2, cases 3 and 4; nobody knows what 5 is. */
const CATEGORIES = Uint32Array.of(1, 1, 1, 2, 2, 0);

const KINDS = {
  categories: CATEGORIES,
  areAlternatives: (category: number, other: number) => category === 1 && other === 1,
};

Deno.test("lists are judged by place, categories and alternatives", () => {
  const questions = [{ basket: [0], heldOut: 3 }, { basket: [3, 5], heldOut: 1 }];
  // Found in the second place, and not at all.
  const lists = new Map([[questions[0].basket, [1, 3]], [questions[1].basket, [4, 2]]]);
  const figures = answerBaskets(questions, (basket) => {
    return Uint32Array.from(lists.get(basket as number[])!);
  }, { ...KINDS, k: 2 });
  assertEquals(figures.hitRate, 0.5);
  assertAlmostEquals(figures.ndcg, 1 / Math.log2(3) / 2, 1e-6);
  // Phone 1 for a phone, and case 4 for a case; of these, only phones are alternatives.
  assertEquals([figures.sameCategory, figures.alternatives], [0.5, 0.25]);
  const best = answerBaskets(questions, heldOutLists(questions), { ...KINDS, k: 2 });
  assertEquals([best.hitRate, best.ndcg, best.alternatives], [1, 1, 0]);
});

Deno.test("alternatives are told by what is bought and looked at in the same time", () => {
  const bought = made(...Array.from({ length: 30 }, () => [0, 3]));
  const viewed = made(...Array.from({ length: 30 }, () => [0, 1]));
  const { areAlternatives } = productKinds(bought, viewed, CATEGORIES);
  assertEquals([areAlternatives(1, 1), areAlternatives(1, 2), areAlternatives(0, 0)], [
    true,
    false,
    false,
  ]);
});
