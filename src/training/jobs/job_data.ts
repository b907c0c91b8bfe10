import type { Holdout } from "../../evaluation/holdout.ts";
import type { Interactions } from "../../interactions/interactions.ts";

/** What jobs learn from and are measured on. */
export interface JobData extends Holdout {
  /** The history as models are to learn from it: cut to the window, its weights faded. */
  readonly fittedTo: Interactions;
}
