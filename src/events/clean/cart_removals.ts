import pl from "nodejs-polars";
import { isType } from "../tables/expressions.ts";
import { hashOf, toNumbers } from "../tables/frames.ts";
import { SESSION_KEY } from "../tables/schema.ts";
import { REMOVAL } from "../tables/event_types.ts";

/**
 * Finds the carts that removals cancel. A removal cancels the latest earlier cart of the same
 * product in the same session that isn't cancelled yet, as a closing bracket matches the latest
 * open one. One without such a cart cancels nothing.
 *
 * @param events Only carts and removals, in time order; columns row (ascending), event_type,
 * product_id, user_session.
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

/** Carts and removals of the session-product pairs that have a removal: by pair, then by time. */
function cartSteps(events: pl.DataFrame): pl.DataFrame {
  // Pairs are compared by a 64-bit hash: among a million, a collision has a probability of 1 in 37
  // million.
  const steps = events
    .select(pl.col("row"), isType(REMOVAL).cast(pl.UInt8, true).alias("removes"))
    .withColumns(hashOf(events.select(...SESSION_KEY, "product_id"), "pair"))
    .lazy();
  const removed = steps.filter(pl.col("removes").eq(1)).select("pair");
  const begins = pl.col("pair").neq(pl.col("pair").shift(1)).fillNull(true);
  return steps
    .join(removed, { on: "pair", how: "semi" })
    .sort(["pair", "row"])
    .withColumn(begins.cast(pl.UInt8, true).alias("begins_pair"))
    .collectSync();
}
