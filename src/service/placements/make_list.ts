import type { Products } from "../catalogue/products.ts";
import { describeInList } from "../recommend/recommendation.ts";
import type { Shop } from "../recommend/shop.ts";
import { allowedProducts } from "./allowed.ts";
import { runChain } from "./chain.ts";
import type { NamedRule, Placement } from "./definition/placements.ts";
import { type Narrowed, type PlacementRequest } from "./request.ts";
import { boostsOf } from "./rules/boosts.ts";
import { Caps } from "./rules/caps.ts";
import { boughtAgain } from "./rules/bought_again.ts";
import {
  arrivalBounds,
  arrivalCaps,
  bringArrivals,
  defaultArrivalCap,
} from "./rules/new_arrivals.ts";
import { oncePerRule, type Outcome, type Placed } from "./rules/outcome.ts";
import { type Pin, placePins } from "./rules/pins.ts";
import { LEAVES_NOTHING, restrict } from "./rules/restrict.ts";
import type { Who } from "./strategies/strategy.ts";

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
export const TIMED_AGE_MS = 60_000;

/** What a list is made from. */
export interface Making {
  readonly shop: Shop;
  readonly who: Who;
  readonly page: readonly number[];
  readonly request: PlacementRequest;
  readonly rules: readonly NamedRule[];
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

/** A list without offset. */
export type Made = Omit<PlacedList, "placement">;

/**
 * Makes the list of a placement. Where its rules leave nothing of what its steps find, those that
 * include and exclude are off: a list is never empty because of rules.
 */
export async function makeList(
  placement: Placement,
  narrowed: Narrowed,
  making: Making,
): Promise<Made> {
  const made = await makeByRules(placement, narrowed, making);
  const limits = made.outcomes.filter(({ effect, isMet }) =>
    isMet && (effect === "include" || effect === "exclude")
  );
  if (made.placed.length > 0 || limits.length === 0) return made;
  const off = new Set(limits.map(({ rule }) => rule));
  const rules = making.rules.filter(({ name }) => !off.has(name));
  const filled = await makeByRules(placement, narrowed, { ...making, rules });
  if (filled.placed.length === 0) return made;
  return {
    ...filled,
    outcomes: made.outcomes.map((outcome) =>
      off.has(outcome.rule)
        ? { ...outcome, isMet: false, detail: LEAVES_NOTHING }
        : filled.outcomes.find(({ rule }) => rule === outcome.rule) ?? outcome
    ),
  };
}

async function makeByRules(
  placement: Placement,
  narrowed: Narrowed,
  making: Making,
): Promise<Made> {
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
  const isOpen = own.strategy === "personal" && bounds.length === 0 &&
    models.uncertain.items.length > 0;
  const unsaid = isOpen ? [defaultArrivalCap(models.uncertain, { places: length })] : [];
  const caps = Caps.of(rules, {
    ...{ products, categories: () => models.categories },
    more: [...arrivalCaps(bounds), ...unsaid],
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
  const findMore = async (k: number, isMeant: (item: number) => boolean, caps: Caps) => {
    const onList = new Set(found.placed.map(({ item }) => item));
    const fresh = allowed.map((is, item) => isMeant(item) && !onList.has(item) ? is : 0);
    const more = await runChain(k, { ...ask, caps, allowed: fresh });
    // These may be found by later steps than the rest of the list.
    stepModels.push(...more.models.slice(stepModels.length));
    ageMs = Math.min(ageMs, more.ageMs);
    return more.placed;
  };
  const missing = length - pins.pins.length - found.placed.length;
  if (missing > 0 && caps.areSoft) {
    found.placed.push(...await findMore(missing, () => true, caps.withoutSoft()));
  }
  const arrived = await bringArrivals(found.placed, bounds, {
    ...{ places: length, caps, pinned: pins.pins.map(({ item }) => item) },
    find: (k, isMeant) => findMore(k, isMeant, caps),
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
      product: describeInList(shop.recommender.products, item, 0),
      effects: [{ rule, effect: "pin", position: wanted }],
    });
  }
  return list;
}
