import { textAt } from "../../interactions/catalogue.ts";
import type { Products } from "../catalogue/products.ts";
import { withParents } from "../catalogue/category_path.ts";
import type { Filters } from "../catalogue/filters.ts";
import type { Shop } from "../recommend/shop.ts";
import { allowedProducts } from "./allowed.ts";
import { runChain } from "./chain.ts";
import type { NamedRule, Placement, Placements } from "./definition/placements.ts";
import { type Exploration, exploreList } from "./explore.ts";
import { narrow, type Narrowed, type PlacementRequest } from "./request.ts";
import { boostsOf } from "./rules/boosts.ts";
import { Caps } from "./rules/caps.ts";
import { inEffect } from "./rules/in_effect.ts";
import { boughtAgain } from "./rules/bought_again.ts";
import { arrivalBounds, arrivalCaps, bringArrivals } from "./rules/new_arrivals.ts";
import { oncePerRule, type Outcome, type Placed } from "./rules/outcome.ts";
import { type Pin, placePins } from "./rules/pins.ts";
import { restrict } from "./rules/restrict.ts";
import { isInSegment, isTimed, segmentContext } from "./segments/is_in_segment.ts";
import type { Who } from "./strategies/strategy.ts";

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

/** A placement's list. */
export interface PlacedList {
  /** The placement that made it: the one asked for or its variant. */
  readonly placement: string | undefined;
  readonly placed: readonly Placed[];
  /** The steps that were asked, with their models. */
  readonly steps: readonly PlacedStep[];
  /** What became of each rule in effect. */
  readonly outcomes: readonly Outcome[];
  /** Until when it is valid while nothing changes; milliseconds since 1970-01-01 UTC. */
  readonly until: number;
}

/** A step of a chain that was asked for products. */
export interface PlacedStep {
  readonly strategy: string;
  readonly model: string;
  /** The placement that lends the step, unless it is a step of its own. */
  readonly placement?: string;
}

/** How long a list is valid that depends on how long ago something happened. */
const TIMED_AGE_MS = 60_000;

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

/** What {@linkcode makeList} makes a list from. */
interface Making {
  readonly shop: Shop;
  readonly who: Who;
  readonly page: readonly number[];
  readonly request: PlacementRequest;
  readonly rules: readonly NamedRule[];
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** A list without offset. */
type Made = Omit<PlacedList, "placement">;

async function makeList(placement: Placement, narrowed: Narrowed, making: Making): Promise<Made> {
  const { shop, who, page, request, rules, now } = making;
  const { products, models } = shop.recommender;
  const { steps: [own, ...chain], exclude } = narrowed;
  const length = narrowed.k + narrowed.offset;
  const filters = [own, request];
  const { purchase: purchaseWeight } = shop.artifact.manifest.eventWeights;
  const bought = boughtAgain(rules, who, { products, purchaseWeight, now });
  const { byFilters, others: allowed } = allowedProducts(shop, {
    ...{ who, exclude, filters, page, bought },
  });
  const restricted = restrict(allowed, rules, products);
  restrictAgain(byFilters, rules, restricted, products);
  const pins = placePins(rules, { products, mayPin: (item) => byFilters[item] === 1, length });
  const boosts = boostsOf(rules, products);
  // A list of nothing else has no room for others.
  const bounds = await arrivalBounds(own.strategy === "new" ? [] : rules, {
    places: length,
    newness: (days) => shop.arrivals.newness(days),
  });
  const caps = Caps.of(rules, {
    ...{ products, categories: () => models.categories, more: arrivalCaps(bounds) },
  });
  for (const { item } of pins.pins) {
    allowed[item] = 0;
    caps.add(item);
  }
  const ask = {
    ...{ shop, who, products: page, allowed, caps, explain: request.explain ?? false },
    steps: [own, ...chain] as const,
    hasChain: placement.hasChain,
    factors: boosts.factors,
    effectsOf: (item: number) => [...bought.of(item), ...boosts.of(item)],
  };
  const found = await runChain(length - pins.pins.length, ask);
  const stepModels = [...found.models];
  let { ageMs } = found;
  const arrived = await bringArrivals(found.placed, bounds, {
    ...{ places: length, caps, pinned: pins.pins.map(({ item }) => item) },
    find: async (k, isMeant) => {
      const onList = new Set(found.placed.map(({ item }) => item));
      const fresh = allowed.map((is, item) => isMeant(item) && !onList.has(item) ? is : 0);
      const more = await runChain(k, { ...ask, allowed: fresh });
      // New arrivals may be found by later steps than the rest of the list.
      stepModels.push(...more.models.slice(stepModels.length));
      ageMs = Math.min(ageMs, more.ageMs);
      return more.placed;
    },
  });
  return {
    placed: insertPins(arrived.placed, pins.pins, shop),
    steps: stepModels.map((model, step) => {
      const { strategy, placement } = ask.steps[step] ?? { strategy: "popular" };
      return { strategy, model, ...(placement !== undefined && { placement }) };
    }),
    outcomes: oncePerRule([
      ...bought.outcomes,
      ...restricted,
      ...boosts.outcomes,
      ...caps.outcomes(),
      ...arrived.outcomes,
      ...pins.outcomes,
    ]),
    until: Math.min(
      bought.until,
      now + ageMs,
      bounds.length > 0 ? now + TIMED_AGE_MS : Infinity,
    ),
  };
}

/** Applies to the products that may be pinned the rules that hold for the list. */
function restrictAgain(
  allowed: Uint8Array,
  rules: readonly NamedRule[],
  outcomes: readonly Outcome[],
  products: Products,
): void {
  const off = new Set(outcomes.filter(({ isMet }) => !isMet).map(({ rule }) => rule));
  restrict(allowed, rules.filter(({ name }) => !off.has(name)), products);
}

function insertPins(placed: readonly Placed[], pins: readonly Pin[], shop: Shop): Placed[] {
  const list = [...placed];
  for (const { rule, item, wanted, place } of pins) {
    list.splice(place - 1, 0, {
      item,
      product: shop.recommender.describe(item, 0),
      effects: [{ rule, effect: "pin", position: wanted }],
    });
  }
  return list;
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
