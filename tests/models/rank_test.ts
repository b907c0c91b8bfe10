import fc from "fast-check";
import { benchInteractions } from "../../scripts/bench/lib/http/bench_shop.ts";
import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import type { Ranked } from "../../src/linalg/top_k.ts";
import { algorithms } from "../../src/models/mod.ts";
import type { Model } from "../../src/models/model.ts";
import { scoreItems } from "../../src/models/scoring/score_items.ts";
import type { Scorer } from "../../src/models/scoring/scorer.ts";
import {
  EXCLUDES,
  rank,
  rankBatch,
  type RankOptions,
  rankScores,
  rankTwice,
} from "../../src/models/rank.ts";
import { assertEquals, assertThrows } from "../assert.ts";

/**
 * The definition of a list: score every item, hide some, sort the rest by score, then by number.
 */
function byBruteForce(
  model: Scorer,
  { items, weights }: History,
  { k = 10, exclude = "seen", hidden = new Uint32Array(0) }: RankOptions,
): Ranked {
  const scores = new Float32Array(model.itemCount);
  model.score({ items, weights, times: Uint32Array.from(items, (_, i) => i) }, scores);
  const own = items.filter((_, i) =>
    exclude === "seen" || (exclude === "purchased" && weights[i] >= 4)
  );
  const left = new Set([...own, ...hidden]);
  const indices = [...scores.keys()].filter((item) => !left.has(item))
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, k);
  return {
    indices: Uint32Array.from(indices),
    scores: Float32Array.from(indices, (item) => scores[item]),
  };
}

const ITEMS = 100;
const shop = benchInteractions({ users: 60, items: ITEMS, pairs: 800 });

/** Options that suit sixty users. */
const SMALL: Readonly<Record<string, object>> = {
  svd: { factors: 4, epochs: 5 },
  pure_svd: { factors: 3 },
  graph_svd: { factors: 3 },
  als: { factors: 4, iterations: 3 },
  sasrec: { factors: 16, minHistories: 1, epochs: 2 },
};

/** Events with known and unknown products, some of them repeated. */
const histories = fc.array(
  fc.array(fc.tuple(fc.nat(ITEMS + 5), fc.constantFrom(1, 2, 4)), { maxLength: 30 })
    .map((events): History => ({
      items: Uint32Array.from(events, ([item]) => item),
      weights: Float32Array.from(events, ([, weight]) => weight),
      times: Uint32Array.from(events, (_, i) => i),
    })),
  { minLength: 1, maxLength: 6 },
);
const all = Array.from({ length: ITEMS }, (_, item) => item);

/** Hides none, some, most, or all but a few items. */
const hidden = fc.oneof(
  fc.constant(new Uint32Array(0)),
  fc.subarray(all).map((items) => Uint32Array.from(items)),
  fc.subarray(all, { maxLength: 6 }).map((few) =>
    Uint32Array.from(all.filter((item) => !few.includes(item)))
  ),
);
const options = fc.record({
  k: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 120 })),
  exclude: fc.constantFrom(...EXCLUDES),
  hidden,
});

for (const algorithm of algorithms) {
  Deno.test(`lists of ${algorithm.name} are those of brute force, to the last bit`, async () => {
    const model = await algorithm.fit(shop, SMALL[algorithm.name]);
    fc.assert(fc.property(histories, options, (histories, options) => {
      const expected = histories.map((history) => byBruteForce(model, history, options));
      assertEquals(rankBatch(model, histories, options), expected);
      assertEquals(histories.map((history) => rank(model, history, options)), expected);
      const { k } = options;
      assertEquals(
        rankTwice(model, histories, { k }),
        histories.map((history) => ({
          all: byBruteForce(model, history, { k, exclude: "none" }),
          unseen: byBruteForce(model, history, { k }),
        })),
      );
      const { hidden } = options;
      const scored = model.rankAndScore?.(histories, histories.map(() => hidden), k);
      scored?.forEach(({ best, hiddenScores }, i) => {
        assertEquals(best, byBruteForce(model, histories[i], { k, exclude: "none", hidden }));
        assertEquals(hiddenScores, scoreItems(model, histories[i], hidden));
      });
    }));
  });
}

Deno.test("the property covers all ways to rank", async () => {
  const ways = new Set<string>();
  for (const algorithm of algorithms) {
    const { scoreSome, rankBatch, rankAndScore } = await algorithm.fit(
      shop,
      SMALL[algorithm.name],
    );
    const all = [scoreSome ? "few" : "-", rankBatch ? "batch" : "-", rankAndScore ? "scored" : "-"];
    ways.add(all.join(" "));
  }
  assertEquals([...ways].sort(), ["- - -", "few batch -", "few batch scored"]);
});

/** The same scores for every user; items 1 and 3 tie. */
const SCORES = Float32Array.of(5, 4, 3, 4, 1);
const model: Model = {
  itemCount: 5,
  score: (_history, scores) => scores.set(SCORES),
  toTensors: () => ({}),
};

/** Item 0 was bought and viewed again, item 2 viewed; item 9 is unknown to the model. */
const history: History = {
  items: Uint32Array.of(0, 2, 9, 0),
  weights: Float32Array.of(4, 1, 4, 1),
  times: Uint32Array.of(1, 2, 3, 4),
};

Deno.test("by default a list holds only products that are new to the user", () => {
  const { indices, scores } = rank(model, history);
  assertEquals(indices, Uint32Array.of(1, 3, 4));
  assertEquals(scores, Float32Array.of(4, 4, 1));
  assertEquals(rank(model, history, { exclude: "seen" }).indices, indices);
});

Deno.test("excluding purchases keeps products that were only viewed", () => {
  assertEquals([...rank(model, history, { exclude: "purchased" }).indices], [1, 3, 2, 4]);
});

Deno.test("excluding nothing ranks everything, ties by item number", () => {
  assertEquals([...rank(model, history, { exclude: "none" }).indices], [0, 1, 3, 2, 4]);
});

Deno.test("the weight of a purchase can be set", () => {
  const options = { exclude: "purchased", purchaseWeight: 1 } as const;
  assertEquals([...rank(model, history, options).indices], [1, 3, 4]);
  assertEquals([...rank(model, history, { ...options, purchaseWeight: 5 }).indices].length, 5);
});

Deno.test("a list holds k items if as many are allowed; the default is ten", () => {
  assertEquals([...rank(model, history, { k: 1 }).indices], [1]);
  assertEquals([...rank(model, history, { k: 2 }).indices], [1, 3]);
  assertEquals(rank(model, history, { k: 100 }).indices.length, 3);
  const wide: Model = { ...model, itemCount: 30, score: (_history, scores) => scores.fill(0) };
  assertEquals(rank(wide, EMPTY_HISTORY).indices.length, 10);
  assertThrows(() => rank(model, history, { k: 0 }), RangeError, "got 0");
});

Deno.test("a user who has seen everything gets an empty list", () => {
  const everything = { ...history, items: Uint32Array.of(0, 1, 2, 3, 4) };
  const all = { ...everything, weights: new Float32Array(5).fill(1) };
  assertEquals(rank(model, all).indices.length, 0);
  assertEquals(rank(model, all, { exclude: "purchased" }).indices.length, 5);
});

Deno.test("a buffer serves one user after another", () => {
  const buffer = new Float32Array(5).fill(99);
  const withBuffer = () => [...rank(model, history, { buffer }).indices];
  assertEquals(withBuffer(), [1, 3, 4]);
  assertEquals(withBuffer(), [1, 3, 4]);
  assertEquals([...rank(model, EMPTY_HISTORY, { buffer }).indices], [0, 1, 3, 2, 4]);
});

Deno.test("scores computed before rank the same", () => {
  for (const exclude of EXCLUDES) {
    assertEquals(
      rankScores(SCORES.slice(), history, { exclude }),
      rank(model, history, { exclude }),
    );
  }
});

Deno.test("k must be a positive whole number", () => {
  for (const k of [0, -1, 1.5, NaN]) {
    assertThrows(() => rank(model, history, { k }), RangeError, `got ${k}`);
    assertThrows(() => rankTwice(model, [history], { k }), RangeError, `got ${k}`);
  }
});
