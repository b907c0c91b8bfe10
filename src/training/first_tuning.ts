import type { Algorithm } from "../models/model.ts";

/** Options by model, those that were tuned alone. */
export type TunedOptions = Readonly<Record<string, object>>;

/**
 * Options that models tune while they are fitted to the first window, such as the weights of a
 * blend. Later fits take them over, so the test window measures the options that are exported.
 *
 * Tuning takes longer than the fit itself, and tuning again ranks no better: the blend's NDCG@10
 * for new products on the test window is .1206, .1293, .1480 and .1181 with weights of the first
 * window, .1197, .1310, .1483 and .1184 with weights of its own (intervals about ±.009, the last
 * ±.005), on three simulated shops of 300,000 events and one of a million.
 */
export interface FirstTuning {
  /** Says what a model tuned; `undefined` if nothing. The first time counts. */
  settle(model: string, tuned?: object): void;
  /** What a model tuned, once that is said; at once for models that never tune. */
  of(model: string): Promise<object | undefined>;
  /** All that was tuned so far. */
  found(): TunedOptions;
}

/** Starts without any options. */
export function firstTuning(algorithms: readonly Algorithm[]): FirstTuning {
  const tuning = algorithms.filter(({ tunesOptions }) => tunesOptions);
  const waiting = new Map(
    tuning.map(({ name }) => [name, Promise.withResolvers<object | undefined>()]),
  );
  const found: Record<string, object> = {};
  return {
    settle(model, tuned) {
      const first = waiting.get(model);
      first?.resolve(tuned);
      if (first && tuned) found[model] ??= tuned;
    },
    of: async (model) => await waiting.get(model)?.promise,
    found: () => ({ ...found }),
  };
}

/** Options found by tuning before, with others that a fit tuned itself. */
export function withTuned(before: TunedOptions = {}, found: TunedOptions = {}): TunedOptions {
  const names = Object.keys({ ...before, ...found });
  return Object.fromEntries(names.map((name) => [name, { ...before[name], ...found[name] }]));
}
