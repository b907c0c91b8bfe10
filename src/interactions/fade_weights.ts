import { decayFactor } from "../base/half_life.ts";
import { SECONDS_PER_DAY } from "../base/time.ts";

/**
 * Decays the weights of events with age: w · 2^(−age / half-life).
 *
 * @param events Not changed; `times` in seconds since 1970.
 * @param options `ageOf`: the age, in seconds, of an event at a time; `halfLifeDays`: `Infinity`
 * for no decay.
 */
export function fadeWeights<
  Events extends { readonly weights: Float32Array; readonly times: Uint32Array },
>(
  events: Events,
  { ageOf, halfLifeDays }: { ageOf: (time: number) => number; halfLifeDays: number },
): Events {
  if (halfLifeDays === Infinity) return events;
  const { weights, times } = events;
  return {
    ...events,
    weights: weights.map((weight, i) =>
      weight * decayFactor(ageOf(times[i]) / SECONDS_PER_DAY, halfLifeDays)
    ),
  };
}
