import { type CleanReport, toSteps } from "../../events/clean/clean_report.ts";
import { REMOVAL } from "../../events/tables/event_types.ts";
import { UNKNOWN } from "../../interactions/catalogue.ts";
import { allSteps } from "../clean/collect_cleaned.ts";
import type { SparkSession } from "../connect/session.ts";
import { sqlText } from "../sql/quote.ts";

/** What is counted of the rows that are kept, as conditions. */
const COUNTED = {
  zeroPrices: "price = 0",
  missingPrices: "price IS NULL",
  unknownBrands: `brand = ${sqlText(UNKNOWN)}`,
  unknownCategories: `category_code = ${sqlText(UNKNOWN)}`,
  sessionsDerived: "derived",
  removals: `event_type = ${sqlText(REMOVAL)}`,
  cartsCancelled: "event_type = 'cart' AND rating = 0",
} as const;

type Counts = Record<keyof typeof COUNTED, number>;

/**
 * The report of cleaning, counted on the cluster.
 *
 * @param cleaned The table of cleaned and dropped events.
 * @param read `steps`: those of cleaning. `rejected`, `ignored`: rows that aren't in the table.
 */
export async function clusterReport(
  spark: SparkSession,
  cleaned: string,
  { steps, rejected, ignored }: { steps: readonly string[]; rejected: number; ignored: number },
): Promise<CleanReport> {
  const counts = Object.entries(COUNTED)
    .map(([name, is]) => `CAST(sum(CASE WHEN ${is} THEN 1 ELSE 0 END) AS DOUBLE) AS ${name}`);
  const rows = await spark.rows<{ dropped: number; rows: number } & Counts>(
    "count the cleaned events",
    `SELECT dropped, CAST(count(*) AS DOUBLE) AS rows, ${counts.join(", ")} ` +
      `FROM ${cleaned} GROUP BY dropped`,
  );
  const ofStep = (step: number) => rows.find(({ dropped }) => dropped === step);
  const kept = ofStep(0);
  const dropped = steps.map((_, i) => ofStep(i + 1)?.rows ?? 0);
  const rowsIn = rejected + ignored + rows.reduce((sum, { rows }) => sum + rows, 0);
  return {
    rowsIn,
    steps: toSteps(rowsIn, allSteps(steps, { rejected, ignored, dropped })),
    rowsOut: kept?.rows ?? 0,
    ...Object.fromEntries(
      Object.keys(COUNTED).map((name) => [name, kept?.[name as keyof Counts] ?? 0]),
    ) as Counts,
  };
}
