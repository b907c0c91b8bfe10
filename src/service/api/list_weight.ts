/** What lists weigh in the limits; short ones that are neither explained nor reordered weigh 1. */
const EXPLAINED = 10;
const LONG_AND_DIVERSE = 5;

/** From this length on, choosing for variety takes several times as long as ranking. */
const LONG = 20;
/** How many further products weigh as much as a short list. */
const PLACES = 100;

/** How much a list weighs in the limits. */
export function listWeight(
  { k, offset = 0, explain = false, diversity = 0 }: {
    readonly k: number;
    readonly offset?: number;
    readonly explain?: boolean;
    readonly diversity?: number;
  },
): number {
  if (explain) return EXPLAINED;
  if (diversity > 0 && k + offset > LONG) return LONG_AND_DIVERSE;
  return Math.ceil((k + offset) / PLACES);
}
