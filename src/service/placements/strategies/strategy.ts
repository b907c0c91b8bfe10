import type { Adjustment, RecommendedProduct } from "../../recommend/recommendation.ts";
import type { KnownHistory, Shop } from "../../recommend/shop.ts";
import type { Purchase } from "../../store/entries/user_states.ts";
import type { Step } from "../definition/schema.ts";

/** For whom a list is. */
export interface Who extends KnownHistory {
  /** Products bought before the history begins. Default none. */
  readonly purchased?: readonly Purchase[];
  /** Products that the user dislikes. Default none. */
  readonly disliked?: readonly string[];
  /** Products that the user hid. Default none. */
  readonly hidden?: readonly string[];
  /** How often each product was recently shown, by id. Default never. */
  readonly shown?: ReadonlyMap<string, number>;
}

/** What a strategy makes products from. */
export interface StrategyRequest extends Omit<Adjustment, "allowed"> {
  readonly shop: Shop;
  readonly who: Who;
  /** The products of the page or basket, by number. */
  readonly products: readonly number[];
  readonly step: Step;
  /** How many products. */
  readonly k: number;
  readonly allowed: Uint8Array;
  readonly explain: boolean;
}

/** What a strategy found. */
export interface Found {
  /** The model that ordered the products. */
  readonly model: string;
  /** Best first; fewer than asked for if it has no more. */
  readonly items: readonly RecommendedProduct[];
  /** How long it may be cached at most, in milliseconds. Default until anything changes. */
  readonly ageMs?: number;
}

/** A way to find products. */
export type Strategy = (request: StrategyRequest) => Found | Promise<Found>;
