import type { RankOptions } from "../../models/rank.ts";
import type { Filters } from "../catalogue/filters.ts";
import { hiddenProducts } from "../catalogue/hidden_products.ts";
import type { Products } from "../catalogue/products.ts";
import type { Adjustment, RecommendationRequest } from "./recommendation.ts";

/** A list is chosen from 10 times as many candidates, at least {@linkcode MIN_CANDIDATES}. */
const CANDIDATES_PER_PLACE = 10;
const MIN_CANDIDATES = 100;

/** The number of candidates for a list that isn't in the order of the model's scores alone. */
export function candidatesOf(places: number): number {
  return Math.max(MIN_CANDIDATES, CANDIDATES_PER_PLACE * places);
}

/** Which places of the ranking a list has. */
export interface Places {
  /** How many. Default 10. */
  readonly k?: number;
  /** How many come before them. Default 0. */
  readonly offset?: number;
}

/** What decides which products a list may contain, and how many. */
export type ListLimits =
  & Filters
  & Pick<Adjustment, "allowed">
  & Pick<RecommendationRequest, "purchased" | "disliked" | "hidden">
  & Pick<RankOptions, "exclude" | "purchaseWeight">
  & {
    /** The length of the list with the places before its first one. */
    readonly depth: number;
  };

/**
 * The length of a list and the items that it leaves out: the user's own, those out of stock, those
 * filtered out.
 */
export function rankOptions(
  products: Products,
  {
    depth,
    exclude,
    purchaseWeight,
    purchased = [],
    disliked = [],
    hidden = [],
    allowed,
    ...filters
  }: ListLimits,
): RankOptions {
  const bought = exclude === "none" ? [] : purchased.map(({ productId }) => productId);
  const omitted = [...bought, ...disliked, ...hidden];
  const not = omitted.length > 0 ? [...filters.not ?? [], ...omitted] : filters.not;
  return {
    k: depth,
    exclude,
    purchaseWeight,
    hidden: hiddenProducts(products, { ...filters, not }, allowed),
  };
}
