import type { Exclude } from "../../../src/models/rank.ts";
import type {
  RecommendationList,
  RecommendationRequest,
} from "../../../src/service/recommend/recommendation.ts";
import { Recommender } from "../../../src/service/recommend/recommender.ts";
import { EMPTY_HISTORY } from "../../../src/interactions/history.ts";
import type { Artifact } from "../../../src/artifact/load.ts";
import { inside, tinyArtifact, tinyInteractions } from "../../artifact/tiny_shop.ts";
import { assertEquals, assertThrows } from "../../assert.ts";
import { pairs, sourcesOf } from "./pairs_shop.ts";

// Ann saw 100 (weight 1) and bought 200 (weight 4): 1·[9 1 2 3 0] + 4·[0 9 2 1 4] = [9 37 10 7 16].
// Bob saw 300 twice: 2·[1 1 9 1 1].
// Popularity: 200 and 400 have 8, 100 has 5, 300 has 2, 500 has 1.
const artifact = await tinyArtifact();
const recommender = new Recommender(artifact);

/** A list for the history that the artifact holds of a user. */
function recommend(
  userId: string,
  request?: RecommendationRequest,
  of: Artifact = artifact,
  by = recommender,
): RecommendationList {
  const { userIds, packed } = inside(of);
  const user = userIds.indexOf(userId);
  return by.recommend(user < 0 ? EMPTY_HISTORY : packed.of(user), request);
}

/** Product ids with their scores, best first. */
function listOf(userId: string, exclude: Exclude, model?: string): [string, number][] {
  const { items } = recommend(userId, { exclude, model });
  return items.map(({ productId, score }) => [productId, score]);
}

Deno.test("a known user gets products by score, without those already seen", () => {
  assertEquals(listOf("ann", "seen"), [["500", 16], ["300", 10], ["400", 7]]);
});

Deno.test("purchased products alone can be excluded", () => {
  assertEquals(listOf("ann", "purchased"), [["500", 16], ["300", 10], ["100", 9], ["400", 7]]);
});

Deno.test("excluding nothing lists all products", () => {
  assertEquals(listOf("ann", "none"), [
    ["200", 37],
    ["500", 16],
    ["300", 10],
    ["100", 9],
    ["400", 7],
  ]);
});

Deno.test("ties are in catalogue order", () => {
  assertEquals(listOf("bob", "seen"), [["100", 2], ["200", 2], ["400", 2], ["500", 2]]);
  assertEquals(listOf("bob", "none")[0], ["300", 18]);
});

Deno.test("a product comes with its catalogue data", () => {
  assertEquals(recommend("bob", { k: 2 }), {
    model: "affinity",
    strategy: "personalized",
    items: [
      {
        productId: "100",
        score: 2,
        brand: "runail",
        category: "accessories.bag",
        price: 5.24,
        source: "model",
      },
      {
        productId: "200",
        score: 2,
        brand: "unknown",
        category: "22",
        price: 0.5,
        source: "model",
      },
    ],
  });
});

Deno.test("k limits the list, and a k beyond the catalogue gives all products", () => {
  assertEquals(recommend("ann", { k: 1, exclude: "none" }).items.length, 1);
  assertEquals(recommend("ann", { k: 100, exclude: "none" }).items.length, 5);
});

Deno.test("a user who is unknown or has no events gets popular products", () => {
  for (const userId of ["nobody", "cleo", ""]) {
    const { model, strategy, items } = recommend(userId, { model: "affinity", k: 3 });
    assertEquals({ model, strategy }, { model: "popularity", strategy: "popular" });
    assertEquals(items.map(({ productId, score }) => [productId, score]), [
      ["200", 8],
      ["400", 8],
      ["100", 5],
    ]);
  }
});

Deno.test("popularity can be requested, and excludes seen products too", () => {
  assertEquals(listOf("ann", "seen", "popularity"), [["400", 8], ["300", 2], ["500", 1]]);
  assertEquals(recommend("ann", { model: "popularity" }).strategy, "popular");
});

Deno.test("a list doesn't depend on the lists before it", () => {
  const before = recommend("bob", {});
  recommend("ann", { exclude: "seen" });
  recommend("nobody");
  assertEquals(recommend("bob", {}), before);
});

Deno.test("if everything is excluded the list is empty", async () => {
  const interactions = {
    ...tinyInteractions(),
    indptr: Uint32Array.of(0, 5, 5, 5, 5),
    items: Uint32Array.of(0, 1, 2, 3, 4),
    times: Uint32Array.of(1, 2, 3, 4, 5),
  };
  const all = await tinyArtifact({ interactions });
  const { items, strategy } = recommend("ann", {}, all, new Recommender(all));
  assertEquals({ items, strategy }, { items: [], strategy: "personalized" });
});

Deno.test("the weight of a purchase is the artifact's", async () => {
  const interactions = tinyInteractions();
  const weights = interactions.weights.map((weight) => weight === 4 ? 3.3 : 1.1);
  const reweighed = await tinyArtifact({
    interactions: { ...interactions, weights },
    eventWeights: { view: 1.1, cart: 2.2, purchase: 3.3 },
  });
  const wanted = { exclude: "purchased" } as const;
  const { items } = recommend("ann", wanted, reweighed, new Recommender(reweighed));
  assertEquals(items.map(({ productId }) => productId), ["500", "100", "300", "400"]);
});

Deno.test("a model that the artifact lacks is rejected", () => {
  assertThrows(
    () => recommend("ann", { model: "svd" }),
    RangeError,
    'model "svd": the artifact has popularity, affinity',
  );
});

Deno.test("the default model is the manifest's", async () => {
  const other = await tinyArtifact({ defaultModel: "popularity" });
  assertEquals(recommend("ann", {}, other, new Recommender(other)).model, "popularity");
});

Deno.test("a list that runs out of signal is filled, and each item says by what", () => {
  const by = new Recommender(pairs);
  const { model, strategy, items } = recommend("ann", { model: "pairs" }, pairs, by);
  assertEquals([model, strategy], ["pairs", "mixed"]);
  // Ann bought 200, whose category 400 shares; 300 shares its brand with 100, which she saw.
  assertEquals(sourcesOf({ items }), [["500", "model"], ["400", "category"], ["300", "content"]]);
  // 8, its popularity, times 4, the weight of the purchase.
  assertEquals(items.map(({ score }) => score).slice(0, 2), [3, 32]);

  const only = recommend("ann", { model: "pairs", k: 1 }, pairs, by);
  assertEquals([only.strategy, sourcesOf(only)], ["personalized", [["500", "model"]]]);
  const filtered = recommend("ann", { model: "pairs", brand: ["irisk"] }, pairs, by);
  assertEquals([filtered.strategy, sourcesOf(filtered)], ["mixed", [["400", "category"]]]);
});

Deno.test("a list of popular products only is called popular, whoever made it", () => {
  const by = new Recommender(pairs);
  const history = { ...EMPTY_HISTORY, items: Uint32Array.of(3) };
  const seen = { ...history, weights: Float32Array.of(1), times: Uint32Array.of(0) };
  const list = by.recommend(seen, { model: "pairs", brand: ["runail"] });
  assertEquals([list.model, list.strategy], ["popularity", "popular"]);
  assertEquals(sourcesOf(list), [["100", "popularity"], ["300", "popularity"]]);
  const { items } = by.recommend(EMPTY_HISTORY, { k: 1 });
  assertEquals(sourcesOf({ items }), [["200", "popularity"]]);
});

Deno.test("filled places have no explanation by the model", () => {
  const by = new Recommender(pairs);
  const { items } = recommend("ann", { model: "pairs", explain: true }, pairs, by);
  assertEquals(items[0].explanation!.because.map(({ productId }) => productId), ["200"]);
  assertEquals(items[1].explanation, { exact: false, base: 32, because: [] });
});
