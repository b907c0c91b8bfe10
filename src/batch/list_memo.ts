import { Cache } from "../base/cache.ts";
import type { History } from "../interactions/history.ts";
import type { RecommendationList } from "../service/recommend/recommendation.ts";

/** A list, and until when it is valid while nothing changes. */
export interface TimedList {
  readonly list: RecommendationList;
  /** Milliseconds since 1970-01-01 UTC; `Infinity` if time has no part in it. */
  readonly until: number;
}

/** In lists: some 60 MB. */
const CAPACITY = 20_000;

/**
 * Lists of users who did a single thing. In many shops that is half of all users, and many of them
 * did the same: a model sees times only by their distances, so that these users get the same list.
 * Lists that depend on the present aren't reused.
 */
export class ListMemo {
  readonly #lists = new Cache<RecommendationList>(CAPACITY);

  /** The list for a history, made or reused. */
  async of(
    { items, weights }: History,
    make: () => TimedList | Promise<TimedList>,
  ): Promise<RecommendationList> {
    if (items.length !== 1) return (await make()).list;
    const key = `${items[0]} ${weights[0]}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const { list, until } = await make();
    if (until === Infinity) this.#lists.set(key, list);
    return list;
  }
}
