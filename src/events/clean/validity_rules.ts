import { EVENT_TYPES } from "../tables/event_types.ts";

/** What a row may break, in a form of which each engine makes an expression of its own. */
export type Condition =
  /** One of the columns is missing. */
  | { readonly missing: readonly string[] }
  /** The column is missing or none of these texts. */
  | { readonly column: string; readonly noneOf: readonly string[] }
  /** The column is there and below a number. */
  | { readonly column: string; readonly below: number };

/** A rule that rows must keep. */
export interface ValidityRule {
  /** Names the rows that break it. */
  readonly step: string;
  /** True in rows that break it. */
  readonly broken: Condition;
}

/** The step that comes before them all. */
export const DUPLICATES = "exact duplicates";

/** The rules of cleaning, in the order in which they run. */
export const VALIDITY_RULES: readonly ValidityRule[] = [
  {
    step: "unknown event types",
    broken: { column: "event_type", noneOf: EVENT_TYPES },
  },
  {
    step: "rows without time, product or user",
    broken: { missing: ["event_time", "product_id", "user_id"] },
  },
  {
    step: "negative prices",
    broken: { column: "price", below: 0 },
  },
];
