import type { Random } from "../../linalg/random.ts";
import type { SimulatedCatalogue } from "./catalogue.ts";
import type { Demand } from "./demand.ts";

/** A shop at one moment of the simulation, and its source of randomness. */
export interface Shop {
  readonly catalogue: SimulatedCatalogue;
  readonly demand: Demand;
  readonly random: Random;
}
