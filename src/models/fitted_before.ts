import type { Interactions } from "../interactions/interactions.ts";
import type { Algorithm, Model } from "./model.ts";

/** What a model was fitted with. */
export interface Fit {
  readonly algorithm: Algorithm;
  /** Those omitted have the algorithm's default. */
  readonly options: object;
}

/** By training data, so that the models are released with it. */
const models = new WeakMap<Interactions, Map<string, Model>>();

/** Keeps a model for later fits with the same data and options on this thread. */
export function keepFitted(train: Interactions, fit: Fit, model: Model): void {
  const ofData = models.get(train) ?? new Map<string, Model>();
  models.set(train, ofData.set(keyOf(fit), model));
}

/** The model that was kept for the same data object, algorithm and options. */
export function fittedBefore(train: Interactions, fit: Fit): Model | undefined {
  return models.get(train)?.get(keyOf(fit));
}

/** A text that is the same for equal algorithms and options, whichever are omitted. */
export function keyOf({ algorithm: { name, defaults }, options }: Fit): string {
  const all = Object.entries({ ...defaults, ...options }).sort(([a], [b]) => a < b ? -1 : 1);
  // JSON has no Infinity, which means something else than the null it would become.
  return name + JSON.stringify(all, (_, value) => value === Infinity ? "Infinity" : value);
}
