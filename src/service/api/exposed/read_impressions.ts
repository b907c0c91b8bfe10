import type { z } from "zod";
import type { Exposure } from "../../../experiments/exposures/exposure.ts";
import { type Exposures, toExposure } from "../../exposures/exposures.ts";
import type { impression } from "../../schema/exposures.ts";

/** What users saw, as it is stored. */
export interface ReadImpressions {
  readonly seen: readonly Exposure[];
  /** Which of the impressions name a list that this service didn't make. */
  readonly unknown: readonly number[];
}

/**
 * Reads the ids of lists that users saw.
 *
 * @param now The time of impressions without one, in milliseconds since 1970-01-01 UTC.
 */
export async function readImpressions(
  impressions: readonly z.output<typeof impression>[],
  exposures: Pick<Exposures, "reader">,
  now: number,
): Promise<ReadImpressions> {
  const seen: Exposure[] = [];
  const unknown: number[] = [];
  const ids = await exposures.reader();
  for (const [index, { listId, time = now, ...shown }] of impressions.entries()) {
    const list = ids.read(listId);
    if (!list) unknown.push(index);
    // Nobody sees a list before it is made, or in the future: a clock is wrong.
    else seen.push(toExposure(list, { ...shown, at: Math.min(Math.max(time, list.made), now) }));
  }
  return { seen, unknown };
}
