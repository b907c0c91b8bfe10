import pl from "nodejs-polars";
import { gini } from "../../linalg/gini.ts";

/** A point of the Lorenz curve, the most popular products first. */
export interface LorenzPoint {
  /** The share of the products, from 0 to 1. */
  readonly products: number;
  /** Their share of events. */
  readonly events: number;
}

/** How unequally events are distributed over products. */
export interface Concentration {
  /** 0 if all products have equally many events, near 1 if one has them all. */
  readonly gini: number;
  /** The share of events of the most popular 1%, 10% and 20% of products. */
  readonly top1: number;
  readonly top10: number;
  readonly top20: number;
  /** The share of products with at least one such event. */
  readonly reached: number;
  /** The curve, from (0, 0) to (1, 1). */
  readonly curve: readonly LorenzPoint[];
}

/**
 * Measures how concentrated popularity is among all products, including those without any of the
 * chosen events. All figures but `reached` are NaN if there are no such events.
 *
 * @param products From {@linkcode productFigures}.
 * @param options `of`: which events; default views. `points`: the curve's number of steps; default
 * 100.
 */
export function concentration(
  products: pl.DataFrame,
  { of = "views", points = 100 }: { of?: "views" | "carts" | "sales"; points?: number } = {},
): Concentration {
  const column = products.getColumn(of).cast(pl.Float64, true).toArray() as number[];
  const counts = Float64Array.from(column).sort().reverse();
  const cumulative = new Float64Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) cumulative[i + 1] = cumulative[i] + counts[i];

  const share = (part: number): number =>
    interpolate(cumulative, part * counts.length) / cumulative[counts.length];
  return {
    gini: gini(counts),
    top1: share(.01),
    top10: share(.1),
    top20: share(.2),
    reached: counts.filter((count) => count > 0).length / counts.length,
    curve: Array.from({ length: points + 1 }, (_, i) => ({
      products: i / points,
      events: share(i / points),
    })),
  };
}

/** Linear interpolation between entries. */
function interpolate(values: Float64Array, position: number): number {
  const below = Math.min(Math.floor(position), values.length - 1);
  const above = Math.min(below + 1, values.length - 1);
  return values[below] + (position - below) * (values[above] - values[below]);
}
