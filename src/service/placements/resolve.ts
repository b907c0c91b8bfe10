import { textAt } from "../../interactions/catalogue.ts";
import type { Products } from "../catalogue/products.ts";
import { withParents } from "../catalogue/category_path.ts";
import type { Filters } from "../catalogue/filters.ts";
import type { Shop } from "../recommend/shop.ts";
import type { NamedRule, Placement, Placements } from "./definition/placements.ts";
import { type Exploration, exploreList } from "./explore.ts";
import { narrow, type PlacementRequest } from "./request.ts";
import { inEffect } from "./rules/in_effect.ts";
import { isInSegment, isTimed, segmentContext } from "./segments/is_in_segment.ts";
import type { Who } from "./strategies/strategy.ts";
import { makeList, type PlacedList, TIMED_AGE_MS } from "./make_list.ts";

/** What a placement is resolved from, besides whom it is for. */
export interface PlacementContext {
  readonly shop: Shop;
  readonly placements: Placements;
  /** Rules by scope, in addition to the placement's own, in their order. Default none. */
  readonly rules?: readonly (NamedRule & { readonly placements?: readonly string[] })[];
  /** The products of the page or basket, by number. Default none. */
  readonly page?: readonly number[];
  readonly request?: PlacementRequest;
  /** What a placement that explores learns from. Default nothing is explored. */
  readonly exploration?: () => Exploration;
  /** Milliseconds since 1970-01-01 UTC. Default the store's present. */
  readonly now?: number;
}

/**
 * Makes a placement's list: what it may contain, then its chain with boosts, diversity and caps,
 * then new arrivals, then pins.
 *
 * @throws {ProblemError} 400 if the request contradicts the placement.
 */
export async function resolvePlacement(
  asked: Placement,
  who: Who,
  context: PlacementContext,
): Promise<PlacedList> {
  const { shop, request = {}, page = [], now = shop.now() } = context;
  const segments = segmentsOf(who, context, now);
  const placement = variantOf(asked, context.placements, segments.holds);
  const narrowed = narrow(placement, request);
  const stored = (context.rules ?? []).filter(({ placements }) =>
    !placements || placement.name !== undefined && placements.includes(placement.name)
  );
  const [own] = placement.steps;
  const scope = {
    now,
    categories: categoriesOf([request, own], page, shop.recommender.products),
    isInSegment: segments.holds,
  };
  const { rules, until } = inEffect([...placement.rules, ...stored], scope);
  const making = { shop, who, page, request, rules, now };
  const made = await makeList(placement, narrowed, making);
  const { explore } = placement;
  // What people look into, and later pages, are as they would be.
  const mayExplore = narrowed.offset === 0 && !request.explain;
  const explored = explore && context.exploration && mayExplore &&
    await exploreList(made.placed, {
      ...{ explore, exploration: context.exploration(), products: shop.recommender.products },
      make: async ({ more, rules: further = [] }) =>
        (await makeList(placement, { ...narrowed, k: narrowed.k + more }, {
          ...making,
          rules: [...rules, ...further],
        })).placed,
    });
  return {
    placement: placement.name,
    placed: explored || made.placed.slice(narrowed.offset),
    steps: made.steps,
    outcomes: made.outcomes,
    // A list that was left to chance is made anew each time.
    until: explored
      ? now
      : Math.min(until, made.until, segments.areTimed() ? now + TIMED_AGE_MS : Infinity),
  };
}

/** The placement, or the variant of the first segment that the user is in. */
function variantOf(
  placement: Placement,
  placements: Placements,
  isInSegment: (name: string) => boolean,
): Placement {
  const variant = placement.variants.find(({ segment }) => isInSegment(segment));
  if (!variant) return placement;
  return variantOf(placements.get(variant.placement)!, placements, isInSegment);
}

/** Which segments a user is in, each decided once, and whether time alone can change one. */
function segmentsOf(
  { history }: Who,
  { shop, placements: { segments } }: PlacementContext,
  now: number,
) {
  const context = segmentContext(shop, now);
  const known = new Map<string, boolean>();
  return {
    holds(name: string): boolean {
      const definition = segments.get(name);
      const is = known.get(name) ?? (definition !== undefined &&
        isInSegment(history, definition, context));
      known.set(name, is);
      return is;
    },
    areTimed: () => [...known.keys()].some((name) => isTimed(segments.get(name) ?? {})),
  };
}

/** The categories that a list is of: those it is filtered by, and those of the page's products. */
function categoriesOf(
  filters: readonly Filters[],
  page: readonly number[],
  { catalogue: { categoryCode, categoryId } }: Products,
): ReadonlySet<string> {
  const names = [
    ...filters.flatMap(({ category = [] }) => category),
    ...page.flatMap((item) => [textAt(categoryCode, item), textAt(categoryId, item)]),
  ];
  return new Set(names.flatMap((name) => withParents(name.toLowerCase())));
}
