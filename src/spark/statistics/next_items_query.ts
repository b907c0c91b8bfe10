import type { NextItemsOptions } from "../../interactions/statistics.ts";
import { ORDER } from "../clean/clean_query.ts";
import { double } from "./popularity_query.ts";
import { eventsIn, single, type Span } from "./ratings_query.ts";
import { strongest } from "./strongest.ts";

/**
 * The rules of `sequentialRules`: each pair of events of a session that are d apart, at most
 * `steps`, adds √(wᵢ·w_j) / d, and the sums of an item are divided by their total plus
 * `shrinkage`.
 */
export function nextItemsQuery(
  span: Span,
  { steps, neighbors, shrinkage }: NextItemsOptions,
): string {
  const order = `PARTITION BY part, user_id, session ORDER BY event_time, ${ORDER.join(", ")}`;
  const distances = Array.from({ length: steps }, (_, i) => i + 1);
  const later = distances.flatMap((d) =>
    ["item", "w"].map((name) => `lead(${name}, ${d}) OVER (${order}) AS ${name}_${d}`)
  );
  const parts = distances.map((d) =>
    `named_struct('j', item_${d}, 'part', sqrt(w * w_${d}) / ${d})`
  );
  const weight = single("log2(1 + CAST(weight AS DOUBLE))");
  return strongest(
    `SELECT i, j, s / (sum(s) OVER (PARTITION BY i) + ${double(shrinkage)}) AS value FROM (
SELECT i, j, sum(part) AS s FROM (
SELECT item AS i, inline(array(${parts.join(", ")})) FROM (
SELECT item, w, ${later.join(", ")} FROM (
SELECT *, ${weight} AS w FROM (${eventsIn(span)}))))
WHERE j IS NOT NULL GROUP BY i, j)`,
    neighbors,
  );
}
