/** All strategies. A new one is one file here and its line in the table. */
import type { StrategyName } from "../definition/schema.ts";
import { newArrivals } from "./new.ts";
import { personal } from "./personal.ts";
import { popular } from "./popular.ts";
import { similar } from "./similar.ts";
import type { Strategy } from "./strategy.ts";
import { together } from "./together.ts";

/** The strategies by the names that placements call them. */
export const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = {
  personal,
  similar,
  together,
  new: newArrivals,
  popular,
};
