import pl from "nodejs-polars";
import { isType } from "./expressions.ts";
import { toNumbers } from "./frames.ts";
import { REMOVAL } from "./schema.ts";

/**
 * Finds the carts that were taken back: a removal cancels the latest cart before it of the same product in the
 * same session that isn't cancelled yet, as a closing bracket belongs to the latest open one. A removal
 * without such a cart cancels nothing.
 *
 * @param events Columns event_type, product_id, user_session; rows in the order of time.
 * @returns The rows of cancelled carts.
 */
export function findCancelledCarts(events: pl.DataFrame): Uint32Array {
  const steps = cartSteps(events);
  const rows = toNumbers<Uint32Array>(steps, "row");
  const removal = toNumbers<Uint8Array>(steps, "removal");
  const first = toNumbers<Uint8Array>(steps, "first");

  const cancelled: number[] = [];
  let open: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    if (first[i]) open = [];
    if (!removal[i]) {
      open.push(rows[i]);
    } else {
      const cart = open.pop();
      if (cart !== undefined) cancelled.push(cart);
    }
  }
  return Uint32Array.from(cancelled);
}

/** Carts and removals of the session-product pairs that have a removal, pair by pair, each in the order of time. */
function cartSteps(events: pl.DataFrame): pl.DataFrame {
  const steps = events
    .select("event_type", "user_session", "product_id")
    .withRowIndex("row")
    .filter(isType("cart").or(isType(REMOVAL)));
  const withPair = steps.withColumns(
    isType(REMOVAL).cast(pl.UInt8, true).alias("removal"),
    (steps.select("user_session", "product_id").hashRows() as pl.Series).rename(
      "pair",
    ) as pl.Series,
  );
  // Pairs that share a hash by chance only bring rows along that needn't be there.
  const removed = withPair.filter(isType(REMOVAL)).select("pair");
  const differs = (name: string): pl.Expr => pl.col(name).neq(pl.col(name).shift(1));
  return withPair
    .join(removed, { on: "pair", how: "semi" })
    .sort(["user_session", "product_id", "row"])
    .select(
      pl.col("row"),
      pl.col("removal"),
      differs("user_session").or(differs("product_id")).fillNull(true).cast(pl.UInt8, true)
        .alias("first"),
    );
}
