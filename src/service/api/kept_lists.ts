import { Cache } from "../../base/cache.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import type { TaggedText } from "../http/json.ts";
import type { RecommendationList } from "../recommend/recommender.ts";
import type { Shop } from "../recommend/shop.ts";
import type { UserState } from "../store/event_store.ts";

/** A moment, as far as a user's lists go. */
export interface Moment {
  /** What the store knows of the user; absent where it can't tell. */
  readonly state: Pick<UserState, "version" | "until" | "catalogueSequence"> | undefined;
  /** The store's version, from before it was asked; absent where only asking it tells. */
  readonly version: number | undefined;
}

/** A list as it was answered, and the latest moment of which it is known to be. */
export type KeptList = Moment & TaggedText & Pick<RecommendationList, "model" | "strategy">;

/** In characters of answers: some 4,000 lists of ten products. */
const CAPACITY = 15_000_000;

/** What is around an answer takes about as much memory as so many characters. */
const OVERHEAD = 2_500;

/**
 * The lists that users got lately, by the address that they were asked for. None is given unless everything that
 * it was made from is as it was: the artifact (these lists are one artifact's), the products, and what the user
 * did.
 */
export class KeptLists {
  readonly #shop: Shop;
  readonly #lists: Cache<KeptList>;

  /** @param capacity How many characters are kept. Default 15 million. */
  constructor(shop: Shop, capacity = CAPACITY) {
    this.#shop = shop;
    this.#lists = new Cache(capacity);
  }

  /**
   * The list that a request asks for, where it is known without asking the store that nothing changed.
   *
   * @param started When the request was there, as `performance.now` tells it. Default now.
   */
  fresh(request: Request, started?: number): KeptList | undefined {
    if (request.method !== "GET") return undefined;
    const list = this.#lists.get(addressOf(request));
    if (list?.version === undefined) return undefined;
    if (list.version !== this.#shop.version(started)) return undefined;
    return this.#isInTime(list) ? list : undefined;
  }

  /** The list that a request asks for, if it is made of what is so now. */
  find(request: Request, now: Moment): KeptList | undefined {
    const address = addressOf(request);
    const list = this.#lists.get(address);
    const isSame = list && list.state?.version === now.state?.version && this.#isInTime(list);
    return isSame ? this.#set(address, { ...list, ...now }) : undefined;
  }

  /** Keeps a list, unless it hangs on more than can be told later. */
  keep(request: Request, list: KeptList): void {
    const { store, recommender: { products } } = this.#shop;
    // While the store fails, a list is made of less than there is.
    const isWhole = !store || list.state && products.sequence >= list.state.catalogueSequence;
    // How popular products are that were added is counted now and then.
    const isCounted = list.model === FALLBACK_MODEL && products.size > products.known;
    if (!isWhole || isCounted) return;
    this.#set(addressOf(request), list);
  }

  #set(address: string, list: KeptList): KeptList {
    this.#lists.set(address, list, { size: OVERHEAD + address.length + list.body.length });
    return list;
  }

  /** Whether none of the events has grown too old since. */
  #isInTime({ state }: KeptList): boolean {
    const { store } = this.#shop;
    return !store || !state || state.until === Infinity || store.now() <= state.until;
  }
}

/** The path and the query, as they were sent. */
function addressOf({ url }: Request): string {
  return url.slice(url.indexOf("/", "https://".length));
}
