import type { Holdout } from "../../evaluation/holdout.ts";
import type { PreparedHoldout } from "../../evaluation/prepared_holdout.ts";
import type { Interactions } from "../../interactions/interactions.ts";

/** The data that models are fitted to and measured on. */
export interface JobData extends Holdout {
  /** The past as models learn from it: cut to the window, its weights faded. */
  readonly fittedTo: Interactions;
}

/** The same data with its holdout prepared, which otherwise the first measured job does. */
export interface PreparedJobData extends PreparedHoldout {
  readonly fittedTo: Interactions;
}
