import type { ReadingOptions } from "../exposures/exposures_with_outcomes.ts";
import type { EventStore } from "../store/event_store.ts";
import type { Experiments } from "../store/entries/shop_rules.ts";
import { type MeasuredExperiment, measureExperiments } from "./measure_experiments.ts";

/** For how long measures are reused, in milliseconds; longer if measuring takes long. */
const LEAST_AGE_MS = 60_000;

/** Measuring takes at most a tenth of the time. */
const REST = 9;

/** What was measured, and when: milliseconds since 1970-01-01 UTC. */
export interface Measures {
  readonly experiments: ReadonlyMap<string, MeasuredExperiment>;
  readonly at: number;
}

/**
 * Measures experiments on request. Requests during a pass over the store share its result, which is
 * reused for a minute or for nine times the pass's duration, whichever is longer.
 */
export class ExperimentMeasures {
  readonly #leastAgeMs: number;
  #measuring: Promise<Measures> | undefined;
  #latest: Measures | undefined;
  #validUntil = -Infinity;
  #of: string | undefined;

  /** @param leastAgeMs 0 measures each time. Default 60,000. */
  constructor(leastAgeMs = LEAST_AGE_MS) {
    this.#leastAgeMs = leastAgeMs;
  }

  /** What was measured last. */
  get latest(): Measures | undefined {
    return this.#latest;
  }

  /** Measures experiments, or returns what was measured of the same ones a while ago. */
  async measure(
    store: EventStore,
    experiments: Experiments,
    reading: ReadingOptions,
  ): Promise<Measures> {
    const of = JSON.stringify([...experiments]);
    if (this.#measuring && this.#of === of && performance.now() < this.#validUntil) {
      return await this.#measuring;
    }
    this.#of = of;
    this.#validUntil = Infinity;
    const started = performance.now();
    const at = Math.floor(store.now());
    const measuring = measureExperiments(store, experiments, { ...reading, now: at })
      .then((experiments) => ({ experiments, at }));
    this.#measuring = measuring;
    try {
      return this.#latest = await measuring;
    } finally {
      const took = performance.now() - started;
      const isDone = await measuring.then(() => true, () => false);
      if (this.#measuring === measuring) {
        const isReused = isDone && this.#leastAgeMs > 0;
        const ageMs = isReused ? Math.max(this.#leastAgeMs, REST * took) : 0;
        this.#validUntil = performance.now() + ageMs;
      }
    }
  }
}
