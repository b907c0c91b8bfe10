import type { TrialOptions } from "./search_space.ts";
import type { SharedTrialData } from "./share.ts";
import type { MeasureOptions, TrialFigures } from "./trial.ts";

/** What a worker is told: the data of the trials that follow, or a trial to run. */
export type ToWorker =
  | { readonly data: SharedTrialData }
  | {
    readonly model: string;
    readonly options: TrialOptions;
    readonly measure: MeasureOptions;
  };

/** What one trial came to: figures, or why it has none. */
export type TrialOutcome =
  & { readonly seconds: number }
  & (
    | { readonly figures: TrialFigures }
    | { readonly error: string }
  );

/** What a worker tells: how far its trial has come, from 0 to 1, then what came of it. */
export type FromWorker = { readonly progress: number } | { readonly outcome: TrialOutcome };
