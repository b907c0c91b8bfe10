import type { Interactions } from "../../interactions/interactions.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import { createContent } from "../content.ts";
import { createPopularity, popularityCounts } from "../popularity.ts";
import { categoryNumbers, createCategoryPopularity } from "./category_popularity.ts";
import type { Supplement } from "./complete_list.ts";

/**
 * What completes the lists of models that are fitted to some interactions, as the service completes
 * them: popularity in the user's categories, likeness to the user's products, popularity. Made on
 * first use.
 *
 * @param known `terms`: the products' terms; without them only popularity is known. `popularity`:
 *   the counts of popularity, if they are of more users than these.
 */
export function trainedSupplements(
  train: Interactions,
  known: { terms?: Csr; popularity?: Float32Array } = {},
): () => readonly Supplement[] {
  let supplements: readonly Supplement[] | undefined;
  return () => supplements ??= makeSupplements(train, known);
}

function makeSupplements(
  train: Interactions,
  { terms, popularity: counts = popularityCounts(train) }: {
    terms?: Csr;
    popularity?: Float32Array;
  },
): readonly Supplement[] {
  const popularity: Supplement = { source: "popularity", scorer: createPopularity(counts) };
  if (!train.catalogue || !terms) return [popularity];
  const categories = categoryNumbers(train.catalogue);
  return [
    { source: "category", scorer: createCategoryPopularity(counts, categories) },
    { source: "content", scorer: createContent(terms) },
    popularity,
  ];
}
