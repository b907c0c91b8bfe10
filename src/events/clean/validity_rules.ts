import pl from "nodejs-polars";
import { EVENT_TYPES } from "../tables/event_types.ts";

/** A rule that rows must keep. */
export interface ValidityRule {
  /** Names the rows that break it. */
  readonly step: string;
  /** True in rows that break it, never null. */
  readonly broken: pl.Expr;
}

const isMissing = (name: string): pl.Expr => pl.col(name).isNull();

/** The rules of cleaning, in the order in which they run. */
export const VALIDITY_RULES: readonly ValidityRule[] = [
  {
    step: "unknown event types",
    broken: pl.col("event_type").isIn([...EVENT_TYPES]).fillNull(false).not(),
  },
  {
    step: "rows without time, product or user",
    broken: isMissing("event_time").or(isMissing("product_id")).or(isMissing("user_id")),
  },
  {
    step: "negative prices",
    broken: pl.col("price").lt(0).fillNull(false),
  },
];
