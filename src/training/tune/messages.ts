import type { TrialOptions } from "./search_space.ts";
import type { SharedTrialData } from "./share.ts";
import type { MeasureOptions, TrialFigures } from "./trial.ts";

/** What a worker is told: what the trials that follow are to be run on and how, or the options of one. */
export type ToWorker = Assignment | { readonly options: TrialOptions };

/** What trials have in common. */
export interface Assignment {
  /** The name of a registered model. */
  readonly model: string;
  readonly measure: MeasureOptions;
  readonly data: SharedTrialData;
}

/** What one trial came to: figures, or why it has none. */
export type TrialOutcome =
  & { readonly seconds: number }
  & (
    | { readonly figures: TrialFigures }
    | { readonly error: string }
  );

/** What a worker tells: how far its trial has come, from 0 to 1, then what came of it. */
export type FromWorker = { readonly progress: number } | { readonly outcome: TrialOutcome };
