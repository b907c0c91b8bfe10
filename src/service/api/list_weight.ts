import { DEFAULT_K } from "../schema/lists.ts";

/** What lists weigh in the limits; short ones that are neither explained nor reordered weigh 1. */
const EXPLAINED = 10;
const LONG_AND_REORDERED = 5;

/** From this length on, choosing item by item takes several times as long as ranking. */
const LONG = 20;
/** How many further products weigh as much as a short list. */
const PLACES = 100;

/** How much a list weighs in the limits. */
export function listWeight(
  { k = DEFAULT_K, offset = 0, explain = false, diversity = 0, calibration = 0 }: {
    readonly k?: number;
    readonly offset?: number;
    readonly explain?: boolean;
    readonly diversity?: number;
    readonly calibration?: number;
  },
): number {
  if (explain) return EXPLAINED;
  if (diversity + calibration > 0 && k + offset > LONG) return LONG_AND_REORDERED;
  return Math.ceil((k + offset) / PLACES);
}
