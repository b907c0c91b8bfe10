import { oncePer } from "../../base/once_per.ts";
import { FEW_RETURN } from "../../interactions/returning_users.ts";
import { timeSpan } from "../../interactions/split.ts";
import type { Statistics } from "../../interactions/statistics.ts";
import { nthLargest } from "../../linalg/nth_largest.ts";
import { AUTO } from "../options/option.ts";
import { RECENCY } from "../options/shared_options.ts";

/** Share of the events, the latest, whose users are looked up among the earlier ones. */
const LATEST = 0.1;

/**
 * The decay of a history's items that suits the data. Where hardly any user comes back, what a
 * session goes on to depends on its last items; users who return go on with what they did before.
 *
 * @param statistics Of the training data.
 * @param decay `auto`: {@linkcode RECENCY} by whether users with an event in the latest tenth of
 * the events have earlier ones; if times don't separate the events, they return.
 */
export async function decayOf(
  statistics: Statistics,
  decay: number | typeof AUTO,
): Promise<number> {
  return decay === AUTO ? await suitableDecay(statistics) : decay;
}

const suitableDecay = oncePer(async (statistics: Statistics): Promise<number> => {
  const { times } = statistics;
  const cut = nthLargest(times, Math.ceil(LATEST * times.length)) ?? 0;
  if (cut <= timeSpan(statistics).first) return RECENCY.returning;
  const periods = [statistics, statistics.within({ to: cut }), statistics.within({ from: cut })];
  const [all, before, latest] = await Promise.all(
    periods.map(async (period) => (await period.familiarity()).activeUsers),
  );
  const returning = before + latest - all;
  return returning < FEW_RETURN * latest ? RECENCY.sessions : RECENCY.returning;
});
