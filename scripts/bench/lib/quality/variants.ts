import type { Algorithm } from "../../../../src/models/model.ts";
import type { SearchSpace } from "../../../../src/models/options/declarations.ts";
import type { TrialOptions } from "../../../../src/training/tune/search_space.ts";

/** A model to measure, with the options that make it this variant of itself. */
export interface Variant {
  /** The algorithm's name, and what sets the variant apart. */
  readonly name: string;
  /** Those omitted are the model's defaults. */
  readonly options: object;
}

/** The options of the papers' models, where the defaults go beyond them. */
const PUBLISHED: Readonly<Record<string, TrialOptions>> = {
  // ItemCF.
  item_knn: { similarity: "cosine", userPower: 0, shrinkage: 0, selfSimilarity: 0 },
  // GF-CF.
  graph_svd: { factors: 256, userPower: 1, popularityPower: 1, lowPassWeight: 0.3 },
  // EASE.
  ease: { userPower: 0, frequencyPower: 0, regularization: 300 },
  // SR.
  sequential_rules: { decay: 0, shrinkage: 0 },
  // V-SKNN.
  session_knn: { decay: 0.9, similarityIdf: 0, lengthPower: 0, sessionHalfLifeDays: Infinity },
};

/** The options of the paper's model; `undefined` where the defaults are that. */
export function publishedOptions({ name }: Algorithm): TrialOptions | undefined {
  return PUBLISHED[name];
}

/** The variants of a model whose options are known beforehand: its defaults, and as published. */
export function knownVariants(algorithm: Algorithm): Variant[] {
  const { name } = algorithm, published = publishedOptions(algorithm);
  return [
    { name, options: {} },
    ...(published ? [{ name: `${name}, as published`, options: published }] : []),
  ];
}

/** Options that make no difference on data whose lists hold new items alone. */
export function optionsOfOwnItems({ options }: Algorithm): ReadonlySet<string> {
  return new Set(Object.keys(options).filter((name) => options[name].onlyOwn));
}

/**
 * What to search of a model's options: the values that it declares, except for options that have no
 * effect on the data.
 */
export function searchableOptions(
  { searchSpace, defaults }: Algorithm,
  withoutEffect: ReadonlySet<string>,
): { start: TrialOptions; space: SearchSpace } {
  const space = Object.fromEntries(
    Object.entries(searchSpace).filter(([option]) => !withoutEffect.has(option)),
  );
  const start = Object.entries(defaults).filter(([option]) => option in space);
  return { start: Object.fromEntries(start), space };
}
