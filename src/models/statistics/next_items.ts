import type { Progress } from "../../base/progress.ts";
import type { Interactions } from "../../interactions/interactions.ts";
import type { NextItemsOptions } from "../../interactions/statistics.ts";
import type { Csr } from "../../linalg/sparse/csr.ts";
import { groupPositions } from "../../linalg/sparse/group_positions.ts";
import { strongestPerRow } from "../neighbours/strongest_per_row.ts";
import { sessionsOf } from "./once_per_data.ts";

/** The rules of `sequentialRules`: in row i, the items that follow i and their shares. */
export function nextItems(
  train: Interactions,
  { steps, neighbors, shrinkage }: NextItemsOptions,
  progress?: Progress,
): Csr {
  const itemCount = train.itemIds.size;
  const { indptr, items, weights } = sessionsOf(train);
  const ends = new Uint32Array(items.length);
  for (let s = 0; s + 1 < indptr.length; s++) ends.fill(indptr[s + 1], indptr[s], indptr[s + 1]);
  const events = groupPositions(items, itemCount);
  const totals = new Float64Array(itemCount);
  return strongestPerRow({
    size: itemCount,
    keep: neighbors,
    accumulate(item, add) {
      for (let i = events.indptr[item]; i < events.indptr[item + 1]; i++) {
        const p = events.positions[i];
        const end = Math.min(ends[p], p + steps + 1);
        for (let q = p + 1; q < end; q++) {
          const part = Math.sqrt(weights[p] * weights[q]) / (q - p);
          totals[item] += part;
          add(items[q], part);
        }
      }
    },
    finish: (item, _other, sum) => sum / (totals[item] + shrinkage),
  }, progress);
}
