import type { Random } from "../../linalg/random.ts";
import type { SimulatedCatalogue } from "./catalogue.ts";
import type { Demand } from "./demand.ts";

/** What there is to choose from, what is asked for at the moment, and the chance that decides. */
export interface Shop {
  readonly catalogue: SimulatedCatalogue;
  readonly demand: Demand;
  readonly random: Random;
}
