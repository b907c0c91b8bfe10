import { createItemScorer } from "../../../src/linalg/kernels/item_scorer.ts";
import type {
  ItemVectors,
  ScoreRange,
  UserVector,
} from "../../../src/linalg/kernels/item_vectors.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { type ScoredItems, topK } from "../../../src/linalg/top_k.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { plainItemScorer } from "./plain_item_scorer.ts";

/** Vectors like those of trained models: a few long, most short, some equal. */
function itemsOf(itemCount: number, factors: number, withOffsets: boolean): ItemVectors {
  const random = createRandom(itemCount * 31 + factors);
  const itemFactors = new Float32Array(itemCount * factors);
  const offsets = new Float32Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    const length = 1 / (1 + random.integer(itemCount));
    offsets[item] = random.normal();
    for (let f = 0; f < factors; f++) itemFactors[item * factors + f] = length * random.normal();
    if (item % 7 === 6) {
      itemFactors.copyWithin(item * factors, (item - 1) * factors, item * factors);
      offsets[item] = offsets[item - 1];
    }
  }
  return { factors, itemFactors, ...(withOffsets && { offsets }) };
}

function usersOf(count: number, factors: number): UserVector[] {
  const random = createRandom(count);
  return Array.from({ length: count }, () => ({
    vector: Float64Array.from({ length: factors }, () => random.normal()),
    constant: random.normal(),
  }));
}

const SHAPES = [[1, 1], [15, 3], [16, 4], [17, 64], [64, 8], [65, 100], [1000, 16]];

for (const [itemCount, factors] of SHAPES) {
  const items = itemsOf(itemCount, factors, itemCount % 2 === 0);
  const users = usersOf(6, factors);

  Deno.test(`${itemCount} × ${factors} factors: the same bits as in plain TypeScript`, () => {
    const scorers = [createItemScorer(items), plainItemScorer(items)];
    for (const user of users) {
      const [compiled, plain] = scorers.map((scorer) => {
        const scores = new Float32Array(itemCount).fill(NaN);
        scorer.score(user, scores);
        return scores;
      });
      assertEquals(compiled, plain);
    }
  });

  Deno.test(`${itemCount} × ${factors} factors: lists are the top k of all scores`, () => {
    const scorer = createItemScorer(items);
    const random = createRandom(7);
    for (const k of [1, 10, 2000]) {
      const hidden = users.map((_, u) =>
        Uint32Array.from({ length: u * 3 }, () => random.integer(itemCount + 5))
      );
      const ranked = scorer.rank(users, hidden, k);
      users.forEach((user, u) => {
        const scores = new Float32Array(itemCount);
        scorer.score(user, scores);
        for (const item of hidden[u]) if (item < itemCount) scores[item] = -Infinity;
        assertEquals(ranked[u], topK(scores, k));
      });
      assertEquals(ranked, plainItemScorer(items).rank(users, hidden, k));
      const alone = users.flatMap((user, u) => scorer.rank([user], [hidden[u]], k));
      assertEquals(alone, ranked);
    }
  });

  Deno.test(`${itemCount} × ${factors} factors: lazy scores are those of plain TypeScript`, () => {
    const random = createRandom(11);
    const [scorer, plain] = [createItemScorer(items), plainItemScorer(items)];
    for (const user of users) {
      const [lazy, expected] = [scorer.lazily(user), plain.lazily(user)];
      if (random.next() < 0.5) assertEquals(lazy.range(), expected.range());
      const { least, largest } = expected.range();
      for (const share of [1, 0.9, 0.5, 0]) {
        const options = {
          addends: Float32Array.from(
            { length: itemCount },
            (_, item) => item % 5 === 0 ? random.normal() : item % 11 === 0 ? -Infinity : 0,
          ),
          factor: random.next(),
          threshold: least + share * (largest - least),
        };
        const found = sortedByItem(expected.above(options));
        assertEquals(sortedByItem(lazy.above(options)), found);
        const { addends } = options;
        const positive = Uint32Array.from(addends.keys()).filter((item) => addends[item] > 0);
        // Lists may overlap, and hold others.
        for (const touched of [[positive], [positive, Uint32Array.of(0, itemCount - 1)]]) {
          assertEquals(sortedByItem(lazy.above({ ...options, touched })), found);
        }
        const everything = { ...options, threshold: -Infinity };
        assertEquals(
          lazy.above(everything).items.toSorted(),
          expected.above(everything).items,
        );
      }
      assertEquals(lazy.range(), expected.range());
    }
  });
}

function sortedByItem({ items, scores }: ScoredItems): [number, number][] {
  return Array.from(items, (item, i): [number, number] => [item, scores[i]])
    .sort(([a], [b]) => a - b);
}

Deno.test("the bounds of lazy scores are the longest vector's, beside all offsets", () => {
  const itemFactors = Float32Array.of(3, 4, 0, 1, -1, 0);
  const user = { vector: [0, 2], constant: 10 };
  const near = ({ least, largest }: ScoreRange, bounds: number[]) =>
    [least, largest].forEach((bound, i) => assertAlmostEquals(bound, bounds[i], 1e-4));
  // |x| = 2 and max |y| = 5, though the scores are 18, 12 and 10.
  near(createItemScorer({ factors: 2, itemFactors }).lazily(user).bounds(), [0, 20]);
  const offsets = Float32Array.of(-1, 0, 7);
  near(createItemScorer({ factors: 2, itemFactors, offsets }).lazily(user).bounds(), [-1, 27]);
});

Deno.test("lazy scores don't compute what bounds rule out", () => {
  // The second chunk's vectors are a thousandth as long: no score there can widen the range.
  const itemFactors = Float32Array.from({ length: 128 }, (_, item) => item < 64 ? 1 : 0.001);
  itemFactors[1] = -1;
  const scorer = createItemScorer({ factors: 1, itemFactors });
  const lazy = scorer.lazily({ vector: [1] });
  assertEquals(lazy.range(), { least: -1, largest: 1 });
  assertEquals(lazy.longest, Uint32Array.from({ length: 64 }, (_, item) => item));
  const addends = new Float32Array(128);
  addends[100] = 2;
  for (const touched of [undefined, [Uint32Array.of(100)]]) {
    assertEquals(
      sortedByItem(lazy.above({ addends, touched, factor: 1, threshold: 2 })),
      [[100, Math.fround(0.001)]],
    );
  }
});

Deno.test("a few items score as they do among all", () => {
  const items = itemsOf(100, 16, true);
  const scorer = createItemScorer(items);
  for (const user of usersOf(3, 16)) {
    const all = new Float32Array(100);
    scorer.score(user, all);
    assertEquals(
      scorer.scoreSome(user, Uint32Array.of(99, 0, 17)),
      Float32Array.of(all[99], all[0], all[17]),
    );
  }
});

Deno.test("scores are the dot products, up to rounding", () => {
  const { factors, itemFactors } = itemsOf(40, 50, false);
  const [{ vector, constant = 0 }] = usersOf(1, factors);
  const scores = new Float32Array(40);
  createItemScorer({ factors, itemFactors }).score({ vector, constant }, scores);
  scores.forEach((score, item) => {
    const y = itemFactors.subarray(item * factors, (item + 1) * factors);
    assertAlmostEquals(score, y.reduce((sum, v, f) => sum + v * vector[f], constant), 1e-5);
  });
});

Deno.test("no users get no lists, and a user from whom everything is hidden an empty one", () => {
  const scorer = createItemScorer({ factors: 1, itemFactors: Float32Array.of(1, 2) });
  assertEquals(scorer.rank([], [], 3), []);
  const [{ indices }] = scorer.rank([{ vector: [1] }], [Uint32Array.of(1, 0)], 3);
  assertEquals(indices, new Uint32Array(0));
});
