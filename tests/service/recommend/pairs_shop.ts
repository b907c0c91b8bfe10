import type { Artifact } from "../../../src/artifact/load.ts";
import type { RecommendedProduct } from "../../../src/service/recommend/recommendation.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";

const tiny = await tinyArtifact();

/** The tiny shop with a model that has nothing to recommend to those who know only one product. */
export const pairs: Artifact = {
  ...tiny,
  models: new Map([
    ...tiny.models,
    ["pairs", {
      itemCount: 5,
      noSignal: 0,
      // Whoever saw 200 gets 500.
      score: ({ items }, scores) => scores.fill(0).set(items.includes(1) ? [3] : [], 4),
      toTensors: () => ({}),
    }],
  ]),
};

/** The items of a list with their sources. */
export function sourcesOf({ items }: { items: readonly RecommendedProduct[] }) {
  return items.map(({ productId, source }) => [productId, source]);
}
