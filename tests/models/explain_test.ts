import type { History } from "../../src/interactions/history.ts";
import { explain, shareAmongEvents } from "../../src/models/explain.ts";
import { algorithmNamed, algorithms } from "../../src/models/mod.ts";
import type { Model } from "../../src/models/model.ts";
import { svd } from "../../src/models/svd.ts";
import { affinityModel } from "../artifact/tiny_shop.ts";
import { assertAlmostEquals, assertEquals } from "../assert.ts";
import { blockInteractions, purchasesOf } from "./block_data.ts";

/** Options that suit fifteen users. */
const SMALL: Readonly<Record<string, object>> = {
  svd: { factors: 4, epochs: 20 },
  pure_svd: { factors: 3 },
  graph_svd: { factors: 3 },
  sasrec: { factors: 16, minHistories: 1, epochs: 2 },
};

const data = blockInteractions();
const history: History = {
  ...purchasesOf([5, 0, 5, 999, 6]),
  weights: Float32Array.of(1, 2, 4, 4, 1),
};
const items = Uint32Array.of(7, 0, 14);

function assertSumsToScore(model: Model, history: History): void {
  const scores = new Float32Array(model.itemCount);
  model.score(history, scores);
  explain(model, history, items).items.forEach(({ base, events }, i) => {
    assertEquals(events.length, history.items.length);
    assertAlmostEquals(events.reduce((sum, part) => sum + part, base), scores[items[i]], 1e-4);
  });
}

for (const algorithm of algorithms) {
  Deno.test(`the parts of a score of ${algorithm.name} sum to the score`, async () => {
    const model = await algorithm.fit(data, SMALL[algorithm.name]);
    assertSumsToScore(model, history);
    assertSumsToScore(model, purchasesOf([]));
    assertSumsToScore(model, purchasesOf(Array.from({ length: 150 }, (_, i) => i % 15)));
  });
}

Deno.test("the parts of SVD++ sum to the score", async () => {
  assertSumsToScore(await svd.fit(data, { factors: 4, epochs: 20, implicit: true }), history);
});

Deno.test("the parts of a sum over events are its terms", () => {
  // Weight 1 of item 0 and 4 of item 1: 1·[9 1 2 3 0] + 4·[0 9 2 1 4].
  const own = { ...purchasesOf([0, 1]), weights: Float32Array.of(1, 4) };
  const table = { ...affinityModel(), additive: true };
  assertEquals(explain(table, own, Uint32Array.of(3, 4)), {
    exact: true,
    items: [
      { base: 0, events: Float32Array.of(3, 4) },
      { base: 0, events: Float32Array.of(0, 16) },
    ],
  });
  assertEquals(explain(affinityModel(), own, Uint32Array.of(3)).exact, false);
});

Deno.test("the parts of a weighted sum of models are the weighted sums of their parts", () => {
  // Of item 3: half of 3 and 4, the parts of the two events; and 4 · 1 + 5.
  const own = { ...purchasesOf([0, 1]), weights: Float32Array.of(1, 4) };
  const table = { ...affinityModel(), additive: true };
  const constant: Model = {
    ...table,
    explain: (_, items) => Array.from(items, () => ({ base: 1, events: new Float32Array(2) })),
  };
  const terms = [
    { model: table, factor: 0.5, constant: 0 },
    { model: constant, factor: 4, constant: 5 },
  ];
  const sum: Model = { ...affinityModel(), terms: () => terms };
  assertEquals(explain(sum, own, Uint32Array.of(3)), {
    exact: true,
    items: [{ base: 9, events: Float32Array.of(1.5, 2) }],
  });
  const partly = { ...sum, terms: () => [{ ...terms[0], model: affinityModel() }] };
  assertEquals(explain(partly, own, Uint32Array.of(3)).exact, false);
});

Deno.test("a blend is explained by its members, at the scale of the whole history", async () => {
  const members = [{ name: "popularity" }, { name: "item_knn" }];
  for (const normalize of ["bounds", "minmax", "zscore", "rank"] as const) {
    const options = { members, weights: [1, 3], normalize };
    const model = await algorithmNamed("blend").fit(data, options);
    assertSumsToScore(model, history);
    // Ranks aren't linear in scores.
    assertEquals(explain(model, history, items).exact, normalize !== "rank");
  }
});

Deno.test("events beyond the newest twenty are part of the base", () => {
  const own = purchasesOf(Array.from({ length: 22 }, () => 0));
  const { exact, items: [{ base, events }] } = explain(
    { ...affinityModel(), additive: true },
    own,
    Uint32Array.of(1),
  );
  assertEquals({ exact, base }, { exact: false, base: 8 });
  assertEquals(events, Float32Array.from({ length: 22 }, (_, i) => i < 2 ? 0 : 4));
});

Deno.test("an item's contribution is split among its events by weight", () => {
  const profile = { items: Uint32Array.of(0, 5, 6), ratings: Float32Array.of(2, 4, 1) };
  assertEquals(
    shareAmongEvents(history, profile)([3, 10, 7]),
    Float32Array.of(2, 3, 8, 0, 7),
  );
});
