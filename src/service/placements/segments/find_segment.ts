import { STATUS_CODE } from "../../../base/std/http.ts";
import { nearestName } from "../../../base/nearest_name.ts";
import { ProblemError } from "../../http/problem.ts";
import type { Placements } from "../definition/placements.ts";
import type { SegmentDefinition } from "../definition/schema.ts";

/**
 * A segment by name.
 *
 * @throws {ProblemError} 400 if there is no such segment; names the nearest.
 */
export function findSegment({ segments }: Placements, name: string): SegmentDefinition {
  const segment = segments.get(name);
  if (segment) return segment;
  const names = [...segments.keys()];
  const nearest = nearestName(name, names);
  throw new ProblemError({
    status: STATUS_CODE.BadRequest,
    detail: "The file of placements has no segment of this name" +
      (nearest === undefined ? "" : `; did you mean ${nearest}?`),
    parameter: "segment",
    allowed: names,
  });
}
