import { FALLBACK_MODEL } from "../../artifact/manifest.ts";

/** Models that take longest on large data. A wrong order costs time, nothing else. */
const LONGEST = ["ease", "blend", "graph_svd", "als", "svd"];

/** A model's place in the order in which all workers end at about the same time. */
export function placeByLength(model: string): number {
  if (model === FALLBACK_MODEL) return Infinity;
  const place = LONGEST.indexOf(model);
  return place < 0 ? LONGEST.length : place;
}
