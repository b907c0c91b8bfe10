import type { Exclude } from "../../models/rank.ts";
import type { Filters } from "../catalogue/filters.ts";
import { ProblemError } from "../http/problem.ts";
import { STATUS_CODE } from "../../base/std/http.ts";
import { DEFAULT_K } from "../schema/lists.ts";
import type { ChainStep, Placement } from "./definition/placements.ts";

/** What a request asks of a placement; what it omits is up to the placement. */
export interface PlacementRequest extends Filters {
  readonly k?: number;
  readonly offset?: number;
  readonly exclude?: Exclude;
  readonly model?: string;
  readonly diversity?: number;
  readonly calibration?: number;
  readonly explain?: boolean;
}

/** What is made of a placement for a request. */
export interface Narrowed {
  readonly k: number;
  readonly offset: number;
  readonly exclude: Exclude;
  readonly steps: Placement["steps"];
}

/** From the one that omits most. */
const STRICTEST: readonly Exclude[] = ["seen", "purchased", "none"];

/**
 * A request narrows its placement: the smaller `k` and the stricter `exclude` hold, and products
 * must pass the filters of both. A request may choose `model`, `diversity` and `calibration` of the
 * placement's own step where the placement doesn't.
 *
 * @throws {ProblemError} 400 if the request chooses one that the placement sets.
 */
export function narrow(placement: Placement, request: PlacementRequest): Narrowed {
  const { k = DEFAULT_K, exclude = "seen", steps: [own, ...chain] } = placement;
  const asked = request.exclude ?? exclude;
  return {
    k: Math.min(request.k ?? k, placement.k ?? Infinity),
    offset: request.offset ?? 0,
    exclude: STRICTEST.find((each) => each === asked || each === placement.exclude) ?? asked,
    steps: [{ ...own, ...choices(placement, request) }, ...chain],
  };
}

const CHOICES = ["model", "diversity", "calibration"] as const;

function choices({ name, steps: [own] }: Placement, request: PlacementRequest): Partial<ChainStep> {
  for (const choice of CHOICES) {
    const [asked, set] = [request[choice], own[choice]];
    if (asked === undefined || set === undefined || asked === set) continue;
    throw new ProblemError({
      status: STATUS_CODE.BadRequest,
      detail: `Parameter "${choice}" must be omitted: placement ${name} sets it to ${set}`,
      parameter: choice,
    });
  }
  const { model, diversity, calibration } = request;
  return {
    ...(model !== undefined && { model }),
    ...(diversity !== undefined && { diversity }),
    ...(calibration !== undefined && { calibration }),
  };
}
