import type { Condition } from "../../events/clean/validity_rules.ts";
import { sqlList, sqlName } from "./quote.ts";

/** A condition as an expression of SQL, never null. */
export function conditionSql(condition: Condition): string {
  if ("missing" in condition) {
    return condition.missing.map((name) => `${sqlName(name)} IS NULL`).join(" OR ");
  }
  const column = sqlName(condition.column);
  return "noneOf" in condition
    ? `NOT coalesce(${column} IN ${sqlList(condition.noneOf)}, false)`
    : `coalesce(${column} < ${condition.below}, false)`;
}
