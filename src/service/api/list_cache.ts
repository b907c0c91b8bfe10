import { Cache } from "../../base/cache.ts";
import type { ExposableList } from "../exposures/exposures.ts";
import type { TaggedText } from "../http/json.ts";
import type { CountedPlacement } from "../observability/metrics.ts";
import type { RecommendationList } from "../recommend/recommendation.ts";
import type { Shop, Unread } from "../recommend/shop.ts";
import type { UserState } from "../store/entries/user_states.ts";

/** The state a user's list depends on. */
export interface ListState {
  /** What the store knows about the user; absent if the store fails or there is none. */
  readonly state: Pick<UserState, "version" | "until" | "catalogueSequence"> | undefined;
  /** The store's version before `state` was read; absent if only a read can show it. */
  readonly version: number | undefined;
}

/** A list as it was answered, and the latest state it is known to be valid for. */
export type CachedList =
  & ListState
  & TaggedText
  & Pick<RecommendationList, "model" | "strategy">
  & {
    /** The path of the route that made it. */
    readonly route: string;
    /** What is counted if a placement made it. */
    readonly placed?: CountedPlacement;
    /** When it becomes invalid though nothing changes, by the store's clock. Default never. */
    readonly until?: number;
    /** What its ids say. Default it has none. */
    readonly shown?: ExposableList;
    /** What couldn't be read for it. */
    readonly unread: Unread;
  };

/**
 * In characters of answers: about 1,900 lists of ten products, 5 MB. A first list takes half a
 * millisecond, while V8's heap grows by more than what lives in it: each megabyte here takes one
 * and a half.
 */
const CAPACITY = 5_000_000;

/**
 * The memory of an entry besides its text, in characters: measured as 570 bytes, and 890 for a list
 * with an id.
 */
const OVERHEAD = 900;

/**
 * A cache of users' and placements' lists by the path and query of their requests. A list is only
 * returned while everything it was made from is unchanged: the artifact (each has its own cache),
 * the products and rules, and the user's events.
 */
export class ListCache {
  readonly #shop: Shop;
  readonly #lists: Cache<CachedList>;

  /** @param capacity The most characters to cache. Default 5 million. */
  constructor(shop: Shop, capacity = CAPACITY) {
    this.#shop = shop;
    this.#lists = new Cache(capacity);
  }

  /**
   * The list for a request if it is known to be current without reading the store.
   *
   * @param started When the request arrived, as a value of `performance.now`. Default now.
   */
  fresh(request: Request, started?: number): CachedList | undefined {
    if (request.method !== "GET") return undefined;
    const list = this.#lists.get(addressOf(request));
    if (list?.version === undefined) return undefined;
    if (list.version !== this.#shop.version(started)) return undefined;
    return this.#isInTime(list) ? list : undefined;
  }

  /** The list for a request if it is valid for the current state. */
  find(request: Request, { state, version }: ListState): CachedList | undefined {
    const address = addressOf(request);
    const list = this.#lists.get(address);
    const isSame = list && list.state?.version === state?.version && this.#isInTime(list);
    if (!isSame) return undefined;
    return this.#set(address, { ...list, state: essentialsOf(state), version });
  }

  /** Caches a list, unless its freshness can't be checked later. */
  add(request: Request, list: CachedList): void {
    const { store, recommender: { products } } = this.#shop;
    // While the store fails, lists are made without its events and changes.
    const isWhole = !store || list.state && products.sequence >= list.state.catalogueSequence;
    // The popularity of added products is counted periodically, not per event.
    const isCounted = list.strategy !== "personalized" && products.size > products.known;
    if (!isWhole || isCounted) return;
    this.#set(addressOf(request), { ...list, state: essentialsOf(list.state) });
  }

  #set(address: string, list: CachedList): CachedList {
    this.#lists.set(address, list, { size: OVERHEAD + address.length + list.body.length });
    return list;
  }

  /** Whether none of the user's events has expired since, and no rule has begun or ended. */
  #isInTime({ state, until = Infinity }: CachedList): boolean {
    if (until !== Infinity && this.#shop.now() >= until) return false;
    const { store } = this.#shop;
    return !store || !state || state.until === Infinity || store.now() <= state.until;
  }
}

/** A state without the user's events, which a cached list would keep in memory. */
function essentialsOf(state: ListState["state"]): ListState["state"] {
  if (!state) return undefined;
  const { version, until, catalogueSequence } = state;
  return { version, until, catalogueSequence };
}

/** The path and query as sent. */
function addressOf({ url }: Request): string {
  return url.slice(url.indexOf("/", "https://".length));
}
