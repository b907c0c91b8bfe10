import type { EventNames } from "../../tables/event_types.ts";
import type { DecimalMark } from "../values/prices.ts";
import type { OwnColumns } from "./map_columns.ts";

/** The form of a shop's files, where guessing isn't enough. */
export interface FormatOptions {
  /** The file's names of columns, for example `{ user_id: "customer_id" }`; default: recognised. */
  readonly columns?: OwnColumns;
  /** The character between the fields of a CSV; default: recognised. */
  readonly separator?: string;
  /** The character between whole units and cents of prices; default: recognised. */
  readonly decimal?: DecimalMark;
  /** What the shop's own names of events mean; an empty type ignores them. Default: none. */
  readonly types?: EventNames;
}
