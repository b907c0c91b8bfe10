import { InputError } from "../../base/input_error.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import type { Algorithm } from "../../models/model.ts";
import type { TrialOptions } from "./search_space.ts";
import { inTimeShares } from "./time_shares.ts";
import { tune, type TuneOptions, type TuneWatcher, type Tuning } from "./tune.ts";

/** A blend fits its members twice, so its share of the time is this many times as long. */
const BLEND_WEIGHT = 3;

/** Watches the searches for several models, and can stop them. */
export interface TuneModelsWatcher {
  /** When it aborts, the search stops, and its best so far is reported. */
  signal?: AbortSignal;
  /**
   * Called when a model's search begins, or goes on in time that others left.
   *
   * @param until When it ends, by `performance.now()`.
   */
  onModel?(algorithm: Algorithm, until: number): Omit<TuneWatcher, "signal">;
  /** Called when a model's search ends. */
  onTuned?(algorithm: Algorithm, tuning: Tuning): void | Promise<void>;
  /** Called for a model that can't be tuned, with the reason. */
  onSkipped?(algorithm: Algorithm, reason: string): void;
}

/**
 * Tunes models one after another, each in its share of the time (see {@linkcode inTimeShares}); a
 * blend comes last, and its members have the options found for them.
 *
 * @param algorithms Registered ones. If there is a single one, its mistakes are thrown.
 * @param options `until`: when all searches end.
 * @throws {InputError} If a single model can't be tuned; see {@linkcode tune}.
 */
export async function tuneModels(
  interactions: Interactions,
  algorithms: readonly Algorithm[],
  { until, ...options }: TuneOptions,
  { signal, onModel, onTuned, onSkipped }: TuneModelsWatcher = {},
): Promise<void> {
  const found: Record<string, TrialOptions> = {};
  const ordered = algorithms.toSorted((a, b) =>
    Number(a.fitsBesides !== undefined) - Number(b.fitsBesides !== undefined)
  );
  await inTimeShares(ordered, async (algorithm, until) => {
    if (signal?.aborted) return 0;
    const { [algorithm.name]: _own, ...tuned } = found;
    const watcher = { signal, ...onModel?.(algorithm, until) };
    try {
      const tuning = await tune(interactions, algorithm, { ...options, tuned, until }, watcher);
      if (tuning.best) found[algorithm.name] = tuning.best.options;
      await onTuned?.(algorithm, tuning);
      return tuning.untried;
    } catch (error) {
      if (!(error instanceof InputError) || algorithms.length === 1) throw error;
      onSkipped?.(algorithm, error.message);
      return 0;
    }
  }, { until, weightOf: ({ fitsBesides }) => fitsBesides ? BLEND_WEIGHT : 1 });
}
