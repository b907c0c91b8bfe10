import type { ClickCounts } from "../../experiments/exploration/explore.ts";
import type { EventStore } from "../store/event_store.ts";
import { StoreError } from "../store/store_error.ts";
import { readUserExposures } from "./exposures_with_outcomes.ts";

/** For how long counts are reused, in milliseconds; longer if counting takes long. */
const LEAST_AGE_MS = 300_000;

/** Counting takes at most a tenth of the time. */
const REST = 9;

/** How counts are made. */
export interface CountingOptions {
  /** As for attribution. */
  readonly hours: number;
  /** For how long counts are reused, in milliseconds. Default 300,000. */
  readonly leastAgeMs?: number;
}

const NONE: ClickCounts = { shown: 0, clicked: 0 };

/** How often products were in lists, by placement. */
class Made {
  readonly #times = new Map<string | undefined, Map<string, number>>();

  add(placement: string | undefined, productIds: readonly string[]): void {
    let times = this.#times.get(placement);
    if (!times) this.#times.set(placement, times = new Map());
    for (const id of productIds) times.set(id, (times.get(id) ?? 0) + 1);
  }

  times(placement: string | undefined, productId: string): number {
    return this.#times.get(placement)?.get(productId) ?? 0;
  }
}

/**
 * How often each product was shown where a placement explores, and clicked there. Counted in the
 * background, from all that the store has; exploration doesn't wait for it.
 */
export class ExploredCounts implements AsyncDisposable {
  readonly #store: EventStore;
  readonly #options: CountingOptions;
  #counts: ReadonlyMap<string | undefined, ReadonlyMap<string, ClickCounts>> = new Map();
  /** Lists that were made since what was counted, or since counting began. */
  #made = new Made();
  #since: Made | undefined;
  #counting: Promise<void> | undefined;
  #validUntil = -Infinity;
  #isEnded = false;

  constructor(store: EventStore, options: CountingOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** What is known of a placement's products; counts again if that is due. */
  of(placement: string | undefined): {
    countsOf(productId: string): ClickCounts;
    noteMade(productIds: readonly string[]): void;
  } {
    if (performance.now() >= this.#validUntil) this.refresh();
    const counts = this.#counts.get(placement);
    return {
      countsOf: (productId) => {
        const { shown, clicked } = counts?.get(productId) ?? NONE;
        return { shown: shown + this.#made.times(placement, productId), clicked };
      },
      noteMade: (productIds) => {
        this.#made.add(placement, productIds);
        this.#since?.add(placement, productIds);
      },
    };
  }

  /** Counts, unless that is going on. Resolves when it is done; keeps the counts if it fails. */
  refresh(): Promise<void> {
    this.#counting ??= this.#count().finally(() => this.#counting = undefined);
    return this.#counting;
  }

  /** Ends counting; the store may be closed then. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isEnded = true;
    this.#validUntil = Infinity;
    await this.#counting;
  }

  async #count(): Promise<void> {
    const { hours, leastAgeMs = LEAST_AGE_MS } = this.#options;
    const started = performance.now();
    this.#validUntil = Infinity;
    try {
      this.#since = new Made();
      const counts = new Map<string | undefined, Map<string, { shown: number; clicked: number }>>();
      for await (const { lists } of readUserExposures(this.#store, { hours })) {
        if (this.#isEnded) return;
        for (const { exposure, outcomes } of lists) {
          const { placement, productIds, propensities } = exposure;
          productIds.forEach((id, i) => {
            if (propensities[i] === 1) return;
            let ofPlacement = counts.get(placement);
            if (!ofPlacement) counts.set(placement, ofPlacement = new Map());
            const count = ofPlacement.get(id) ?? { shown: 0, clicked: 0 };
            const isClicked = outcomes.some(({ type, productId }) =>
              type === "view" && productId === id
            );
            count.shown++;
            count.clicked += Number(isClicked);
            ofPlacement.set(id, count);
          });
        }
      }
      this.#counts = counts;
      this.#made = this.#since;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      console.error(`${error.message}; exploration goes on with what it knew`);
    } finally {
      this.#since = undefined;
      const took = performance.now() - started;
      const ageMs = this.#isEnded ? Infinity : Math.max(leastAgeMs, REST * took);
      this.#validUntil = performance.now() + ageMs;
    }
  }
}
