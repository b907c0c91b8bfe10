import { keepMatching } from "../catalogue/filters.ts";
import type { ChainStep, Placement } from "./definition/placements.ts";
import type { Caps } from "./rules/caps.ts";
import type { ItemEffect, Placed } from "./rules/outcome.ts";
import { STRATEGIES } from "./strategies/mod.ts";
import type { Found, StrategyRequest } from "./strategies/strategy.ts";

/** What a chain makes products from. */
export interface ChainRequest extends Omit<StrategyRequest, "step" | "k"> {
  readonly steps: Placement["steps"];
  readonly hasChain: boolean;
  /** Counts what the list has of each brand and category; changed. */
  readonly caps: Caps;
  /** What rules do to a product. Default nothing. */
  readonly effectsOf?: (item: number) => readonly ItemEffect[];
}

/** The products that a chain found, and how long they may be cached at most, in milliseconds. */
export interface ChainResult {
  readonly placed: Placed[];
  readonly ageMs: number;
  /** The model of each step that was asked. */
  readonly models: readonly string[];
}

/** What ends every chain of a placement's own. */
const LAST_STEP: ChainStep = { strategy: "popular" };

/**
 * Asks one step after another until the list has `k` products. Each finds products that are
 * allowed, that its own filters let pass and that aren't on the list yet.
 */
export async function runChain(k: number, request: ChainRequest): Promise<ChainResult> {
  const { shop: { recommender: { products } }, effectsOf = () => [] } = request;
  const steps = request.hasChain ? [...request.steps, LAST_STEP] : request.steps;
  const left = request.allowed.slice();
  const placed: Placed[] = [];
  const models: string[] = [];
  let ageMs = Infinity;
  for (const [step, definition] of steps.entries()) {
    if (placed.length >= k) break;
    const allowed = left.slice();
    keepMatching(allowed, products, definition);
    const found = await withinCaps(STRATEGIES[definition.strategy], request.caps, {
      ...request,
      ...{ step: definition, allowed, k: k - placed.length },
      isCompleted: !request.hasChain,
    });
    models.push(found.model);
    ageMs = Math.min(ageMs, found.ageMs ?? Infinity);
    for (const product of found.items) {
      const item = products.indexOf(product.productId);
      left[item] = 0;
      placed.push({ item, product, step, effects: effectsOf(item) });
    }
  }
  return { placed, ageMs, models };
}

/**
 * The best products that caps have room for: the list without those that exceed them, made again
 * without all that would exceed them, until nothing does.
 */
async function withinCaps(
  find: (request: StrategyRequest) => Found | Promise<Found>,
  caps: Caps,
  request: StrategyRequest,
): Promise<Found> {
  const { products } = request.shop.recommender;
  const allowed = request.allowed;
  while (true) {
    const found = await find({ ...request, allowed });
    const trial = caps.copy();
    const kept = found.items.filter(({ productId }) => trial.take(products.indexOf(productId)));
    if (kept.length === found.items.length) {
      for (const { productId } of kept) caps.add(products.indexOf(productId));
      return found;
    }
    const keptItems = new Set(kept.map(({ productId }) => products.indexOf(productId)));
    trial.disallowFull(allowed, keptItems);
  }
}
