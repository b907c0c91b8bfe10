import pl from "nodejs-polars";
import { gini } from "../../linalg/gini.ts";

/** A point of the Lorenz curve: the most popular products first. */
export interface LorenzPoint {
  /** The share of the products, from 0 to 1. */
  readonly products: number;
  /** The share of the events that falls on them. */
  readonly events: number;
}

/** How unequally events fall on products. */
export interface Concentration {
  /** 0 where every product has as many events as any other, near 1 where one has all. */
  readonly gini: number;
  /** The share of the events that falls on the most popular 1%, 10% and 20% of the products. */
  readonly top1: number;
  readonly top10: number;
  readonly top20: number;
  /** The curve, from (0, 0) to (1, 1). */
  readonly curve: readonly LorenzPoint[];
}

/**
 * How popularity is concentrated among all products, also those without any such event. Everything is NaN
 * where there are no such events at all.
 *
 * @param products From {@linkcode productFigures}.
 * @param options `of`: which events; default views. `points`: how many steps the curve has; default 100.
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
    valueAt(cumulative, part * counts.length) / cumulative[counts.length];
  return {
    gini: gini(counts),
    top1: share(.01),
    top10: share(.1),
    top20: share(.2),
    curve: Array.from({ length: points + 1 }, (_, i) => ({
      products: i / points,
      events: share(i / points),
    })),
  };
}

/** Between two entries on the straight line that joins them. */
function valueAt(values: Float64Array, position: number): number {
  const below = Math.min(Math.floor(position), values.length - 1);
  const above = Math.min(below + 1, values.length - 1);
  return values[below] + (position - below) * (values[above] - values[below]);
}
