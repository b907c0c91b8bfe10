import type { WindowRow } from "../../artifact/evaluation_facts.ts";
import { FALLBACK_MODEL } from "../../artifact/manifest.ts";

/** Out of how many people a share is told; the first that tells two shares apart is taken. */
const CROWDS = [10, 100, 1000] as const;

/** The figures of a model in words for people who don't know metrics. */
export interface PeopleWords {
  /** The served model: "Of 10 users who came back, 4 found …". */
  readonly served: string;
  /** What popularity finds for as many users; absent if it is served itself, or wasn't measured. */
  readonly popularity?: string;
}

/**
 * Says how many users found something new that they wanted: the hit rate for new products on the
 * test window, as a number of people. Undefined if the served model wasn't measured there.
 */
export function peopleWords(
  evaluation: readonly WindowRow[],
  servedModel: string,
): PeopleWords | undefined {
  const measured = evaluation.filter(({ window, task, users }) =>
    window === "test" && task === "new" && users > 0
  );
  const served = measured.find(({ model }) => model === servedModel);
  if (!served) return undefined;
  const popularity = servedModel === FALLBACK_MODEL
    ? undefined
    : measured.find(({ model }) => model === FALLBACK_MODEL);
  const crowd = crowdFor(served.hitRate, popularity?.hitRate ?? served.hitRate);
  return {
    served: `Of ${crowd} users who came back, ${people(served.hitRate, crowd)} found something ` +
      `new they wanted in their list of ${served.k}.`,
    ...(popularity && {
      popularity: `The most popular products would have done so for ${
        people(popularity.hitRate, crowd)
      }.`,
    }),
  };
}

/**
 * The smallest crowd in which two shares are different whole numbers above zero; the largest if
 * there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(crowdFor(.42, .11), 10);
 * assertEquals(crowdFor(.42, .38), 100);
 * assertEquals(crowdFor(.042, .004), 1000);
 * ```
 */
export function crowdFor(a: number, b: number): number {
  const tells = (crowd: number) => {
    const [first, second] = [a, b].map((share) => Math.round(share * crowd));
    return first > 0 && second > 0 && (first !== second || a === b);
  };
  return CROWDS.find(tells) ?? CROWDS[CROWDS.length - 1];
}

function people(share: number, crowd: number): string {
  const count = Math.round(share * crowd);
  return count === 0 && share > 0 ? "fewer than 1" : String(count);
}
