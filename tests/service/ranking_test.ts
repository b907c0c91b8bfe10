/** The service's lists are those that scoring every product gives. */
import { benchInteractions, benchProductId } from "../../scripts/bench/lib/http/bench_shop.ts";
import type { Artifact } from "../../src/artifact/load.ts";
import { historyOf } from "../../src/interactions/interactions.ts";
import { als } from "../../src/models/als.ts";
import { svd } from "../../src/models/svd.ts";
import type { Model } from "../../src/models/model.ts";
import type { RecommendationRequest } from "../../src/service/recommend/recommendation.ts";
import { Recommender } from "../../src/service/recommend/recommender.ts";
import type { ProductChange } from "../../src/service/store/entries/stored_event.ts";
import { stored, tinyArtifact } from "../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../assert.ts";

const interactions = benchInteractions({ users: 60, items: 700, pairs: 2500 });
const tiny = await tinyArtifact();

async function artifactOf(change: (model: Model) => Model): Promise<Artifact> {
  const models = [
    ["als", await als.fit(interactions, { factors: 6, iterations: 3 })],
    ["svd", await svd.fit(interactions, { factors: 6, epochs: 5 })],
    ["popularity", { ...plain(await als.fit(interactions, { factors: 1, iterations: 1 })) }],
  ] as const;
  return {
    ...tiny,
    manifest: { ...tiny.manifest, defaultModel: "als" },
    interactions: stored(interactions),
    models: new Map(models.map(([name, model]) => [name, change(model)])),
  };
}

/** The model without its ways to avoid scoring every product. */
function plain({ rankBatch: _, rankAndScore: __, scoreSome: ___, ...model }: Model): Model {
  return model;
}

const fast = new Recommender(await artifactOf((model) => model));
const slow = new Recommender(await artifactOf(plain));

/** Filters that pass all, many, few, and fewer than k products. */
const REQUESTS: readonly RecommendationRequest[] = [
  {},
  { k: 100, exclude: "none" },
  { exclude: "purchased", not: [benchProductId(0), benchProductId(1), "unheard of"] },
  { minPrice: 3 },
  { maxPrice: 1.2 },
  { category: ["group2"] },
  { category: ["group2.kind2"], exclude: "none" },
  { brand: ["unknown"], minPrice: 6 },
  { brand: ["brand7"], k: 50, exclude: "none" },
  { brand: ["no such brand"] },
  { diversity: 0.5, k: 5 },
  { calibration: 0.5, k: 5 },
  { model: "svd", minPrice: 3 },
  { model: "svd", maxPrice: 1.2 },
];

function assertSameLists(): void {
  for (const request of REQUESTS) {
    for (let user = 0; user < 60; user += 7) {
      const history = historyOf(interactions, user);
      assertEquals(fast.recommend(history, request), slow.recommend(history, request));
    }
  }
}

Deno.test("any request gives the list that scoring every product gives", () => {
  assertSameLists();
  const { items } = fast.recommend(historyOf(interactions, 0), { maxPrice: 1.2 });
  assert(items.length > 0 && items.every(({ price }) => price <= 1.2));
});

Deno.test("so it does with products out of stock, changed and added", () => {
  const products = new Map<string, ProductChange>([
    ...Array.from({ length: 40 }, (_, item) => [benchProductId(item), { inStock: false }] as const),
    [benchProductId(50), { price: 1, brand: "brand7" }],
    ["new", { brand: "brand7", price: 1 }],
  ]);
  for (const recommender of [fast, slow]) recommender.products.apply({ sequence: 1, products });
  assertSameLists();
  const { items } = fast.recommend(historyOf(interactions, 0), { brand: ["brand7"], k: 50 });
  assertEquals(items.at(-1)?.productId, "new");
});
