import { MS_PER_DAY } from "../../base/time.ts";
import { createRandom } from "../../linalg/random.ts";
import { hash32 } from "../parameters/distributions.ts";
import { ShopperState } from "./shopper_state.ts";
import type { World } from "./world.ts";

/** An event that a shopper's browser sends. */
export interface LiveEvent {
  readonly userId: string;
  readonly productId: string;
  readonly type: "view" | "cart" | "purchase";
  readonly price?: number;
  readonly listId?: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
}

/** A shop's service, as its shoppers meet it. */
export interface LiveService {
  /** The list for a user, and its id if lists have any. */
  list(userId: string): Promise<{ productIds: readonly string[]; listId?: string }>;
  /** Reports that a user saw a list, and what they did with it. */
  report(
    seen: { userId: string; productIds: readonly string[]; listId?: string; time: number },
    events: readonly LiveEvent[],
  ): Promise<void>;
}

/** What happened on a day. */
export interface LiveDay {
  /** Lists that were shown. */
  lists: number;
  /** How many of them are clicked in expectation: the sum of their true chances. */
  expected: number;
}

/** A moment of the simulation. */
export interface LiveClock {
  /** Sets the service's clock, if it can be set: milliseconds since 1970-01-01 UTC. */
  set(time: number): void;
}

/** Milliseconds between two things that a shopper does. */
const PACE_MS = 10_000;
const DAYS_PER_WEEK = 7;

/**
 * Shoppers who visit a shop day by day. Each visit is one list, at which they look, and what they
 * do with it. The visits, and the chances drawn in them, depend on the world and the day, not on
 * what is shown: two shops that show different lists have the same visitors.
 */
export class LiveShoppers {
  readonly #world: World;
  readonly #states: readonly ShopperState[];

  constructor(world: World) {
    this.#world = world;
    this.#states = world.shoppers.map((shopper) => new ShopperState(world, shopper));
  }

  /**
   * Has the shoppers of a day visit the shop, one after another.
   *
   * @param day From 0 on.
   * @param start When the first day begins, in milliseconds since 1970-01-01 UTC.
   */
  async visit(
    service: LiveService,
    { day, start, clock }: { day: number; start: number; clock: LiveClock },
  ): Promise<LiveDay> {
    const figures = { lists: 0, expected: 0 };
    for (const { number, at } of this.#visitsOf(day)) {
      const time = start + day * MS_PER_DAY + at;
      clock.set(time);
      const { id: userId } = this.#world.shoppers[number];
      const state = this.#states[number];
      state.beginWeek(Math.floor(day / DAYS_PER_WEEK));
      const { productIds, listId } = await service.list(userId);
      const seed = hash32(hash32(this.#world.seed + 1, day), hash32(number, at));
      const { acts, clickChance } = state.look(productIds, createRandom(seed));
      const events = acts.map((act, i): LiveEvent => ({
        ...{ userId, ...act },
        ...(listId !== undefined && { listId }),
        time: time + PACE_MS * (i + 1),
      }));
      await service.report({ userId, productIds, listId, time }, events);
      figures.lists++;
      figures.expected += clickChance;
    }
    return figures;
  }

  /**
   * The true chance that a shopper would click on a product at a place, from 1, if they were shown
   * it now; 0 for a product that the world doesn't have.
   */
  clickChance(shopper: number, productId: string, position: number): number {
    const product = this.#world.byId.get(productId);
    return product ? this.#states[shopper].clickChance(product, position) : 0;
  }

  /** Who comes when on a day, in chronological order. */
  #visitsOf(day: number): { number: number; at: number }[] {
    const random = createRandom(hash32(this.#world.seed + 2, day));
    return this.#world.shoppers.flatMap(({ number, visits }) =>
      // The whole visits, and one more by chance.
      Array.from(
        { length: Math.floor(visits + random.next()) },
        () => ({ number, at: Math.floor(random.next() * MS_PER_DAY) }),
      )
    ).sort((a, b) => a.at - b.at || a.number - b.number);
  }
}
