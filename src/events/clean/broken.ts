import pl from "nodejs-polars";
import type { Condition } from "./validity_rules.ts";

/** A condition as an expression of Polars, never null. */
export function isBroken(condition: Condition): pl.Expr {
  if ("missing" in condition) {
    return condition.missing.map((name) => pl.col(name).isNull())
      .reduce((any, one) => any.or(one));
  }
  const column = pl.col(condition.column);
  return "noneOf" in condition
    ? column.isIn([...condition.noneOf]).fillNull(false).not()
    : column.lt(condition.below).fillNull(false);
}
