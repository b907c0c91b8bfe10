import pl from "nodejs-polars";
import { isType } from "./expressions.ts";
import { toNumbers } from "./frames.ts";
import { REMOVAL } from "./schema.ts";

/**
 * Finds the carts that were taken back: a removal cancels the latest cart before it of the same product in the
 * same session that isn't cancelled yet, as a closing bracket belongs to the latest open one. A removal
 * without such a cart cancels nothing.
 *
 * @param events Columns row, event_type, product_id, user_session; rows in the order of time, `row` ascending.
 * @returns The `row` of each cancelled cart.
 */
export function findCancelledCarts(events: pl.DataFrame): Uint32Array {
  const steps = cartSteps(events);
  const rows = toNumbers<Uint32Array>(steps, "row");
  const removes = toNumbers<Uint8Array>(steps, "removes");
  const beginsPair = toNumbers<Uint8Array>(steps, "begins_pair");

  const cancelled: number[] = [];
  const open: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    if (beginsPair[i]) open.length = 0;
    if (!removes[i]) open.push(rows[i]);
    else if (open.length > 0) cancelled.push(open.pop()!);
  }
  return Uint32Array.from(cancelled);
}

/** Carts and removals of the session-product pairs that have a removal: pair by pair, each in the order of time. */
function cartSteps(events: pl.DataFrame): pl.DataFrame {
  const removes = isType(REMOVAL);
  const steps = events.filter(isType("cart").or(removes));
  const pair = (steps.select("user_session", "product_id").hashRows() as pl.Series).rename("pair");
  const withPair = steps.withColumns(pair as pl.Series);
  // Pairs that share a hash by chance only bring along rows that needn't be there.
  const withRemoval = withPair.filter(removes).select("pair");
  const differs = (name: string): pl.Expr => pl.col(name).neq(pl.col(name).shift(1));
  const begins = differs("user_session").or(differs("product_id")).fillNull(true);
  return withPair
    .join(withRemoval, { on: "pair", how: "semi" })
    .sort(["user_session", "product_id", "row"])
    .select(
      pl.col("row"),
      removes.cast(pl.UInt8, true).alias("removes"),
      begins.cast(pl.UInt8, true).alias("begins_pair"),
    );
}
