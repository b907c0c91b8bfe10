import { formatCount, formatMetric, formatShare } from "../../../src/base/format.ts";
import type { WeekConcentration } from "../../../src/retraining/concentration_by_week.ts";
import { formatTable } from "./table.ts";

/** How many weeks are shown, the latest ones. */
const MOST_WEEKS = 8;

/**
 * Shows how concentrated events were in the latest weeks.
 *
 * @param what The events, such as `purchases`.
 */
export function formatConcentration(what: string, weeks: readonly WeekConcentration[]): string {
  if (weeks.length === 0) return `No ${what}`;
  return formatTable(
    ["week of", what, "products", "Gini", "share of top 1%", "effective products"],
    weeks.slice(-MOST_WEEKS).map(({ week, count, products, gini, top1, effective }) => [
      week,
      formatCount(count),
      formatCount(products),
      formatMetric(gini),
      formatShare(top1),
      formatCount(effective),
    ]),
  );
}
