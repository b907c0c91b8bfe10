/** What lists weigh in the limits, relative to one that is neither explained nor reordered. */
const EXPLAINED = 10;
const LONG_AND_DIVERSE = 5;

/** From this length on, choosing for variety takes several times as long as ranking. */
const LONG = 20;

/** How much a list weighs in the limits. */
export function listWeight(
  { explain, diversity, k }: {
    readonly explain: boolean;
    readonly diversity: number;
    readonly k: number;
  },
): number {
  if (explain) return EXPLAINED;
  return diversity > 0 && k > LONG ? LONG_AND_DIVERSE : 1;
}
