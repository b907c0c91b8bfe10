import type { FunnelUnit, UnitFunnel } from "./funnel.ts";

/** A stage of the funnel as tables and charts show it. */
export interface FunnelStage {
  readonly unit: FunnelUnit;
  readonly stage: "view" | "cart" | "purchase";
  /** Units that reached this stage and all before it. */
  readonly units: number;
  /** As a share of those that viewed; NaN if none did. */
  readonly share: number;
  /** As a share of the stage before; 1 for the first, NaN if nothing reached the stage before. */
  readonly fromPrevious: number;
}

/** The stages view, cart and purchase, each with the units that also reached those before it. */
export function funnelStages(
  { unit, viewed, viewedCarted, viewedCartedPurchased }: UnitFunnel,
): FunnelStage[] {
  const reached = { view: viewed, cart: viewedCarted, purchase: viewedCartedPurchased };
  return (["view", "cart", "purchase"] as const).map((stage, i, stages) => ({
    unit,
    stage,
    units: reached[stage],
    share: reached[stage] / viewed,
    fromPrevious: i === 0 ? 1 : reached[stage] / reached[stages[i - 1]],
  }));
}
