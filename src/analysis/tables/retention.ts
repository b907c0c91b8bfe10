import pl from "nodejs-polars";
import { isoDate, SECONDS_PER_DAY } from "../../base/time.ts";
import { collectRecords, epochDay } from "../../events/tables/expressions.ts";

/** How many of the users who first came in one week were active some weeks later. */
export interface RetentionCell {
  /** The first day of the cohort's week, for example `2019-10-01`. */
  readonly cohort: string;
  /** Users in the cohort. */
  readonly users: number;
  /** Weeks since the first, which is 0. */
  readonly week: number;
  readonly active: number;
  /** active / users. */
  readonly share: number;
}

/**
 * Retention by weekly cohorts. Weeks start at the first day of the data, and the days after the
 * last full week are omitted, so that every cell covers seven days.
 *
 * @returns Every non-empty cohort with each week up to the last that has events of anybody, in
 * order: in a week without any, nobody could be seen. A user's first week is the first in the data,
 * so the first cohorts include many older users.
 */
export async function weeklyRetention(events: pl.LazyDataFrame): Promise<RetentionCell[]> {
  const [span] = await collectRecords<{ first: number | null; last: number | null }>(
    events.select(epochDay().min().alias("first"), epochDay().max().alias("last")),
  );
  const { first, last } = span;
  if (first === null || last === null) return [];
  const weeks = Math.floor((last - first + 1) / 7);
  const week = epochDay().sub(first).div(7).floor().cast(pl.Int32, true);
  const active = await collectRecords<{ cohort: number; week: number; users: number }>(
    events
      .select(pl.col("user_id"), week.alias("week"))
      .filter(pl.col("week").lt(weeks))
      .unique()
      .withColumn(pl.col("week").min().over("user_id").alias("cohort"))
      .groupBy(["cohort", "week"], false)
      .agg(pl.len().alias("users")),
  );
  const weeksWithEvents = new Set(active.map(({ week }) => week));
  const usersIn = new Map(active.map(({ cohort, week, users }) => [cohort * weeks + week, users]));
  const cells: RetentionCell[] = [];
  for (let cohort = 0; cohort < weeks; cohort++) {
    const users = usersIn.get(cohort * weeks + cohort) ?? 0;
    for (let week = cohort; users > 0 && week < weeks; week++) {
      if (!weeksWithEvents.has(week)) continue;
      const active = usersIn.get(cohort * weeks + week) ?? 0;
      cells.push({
        cohort: isoDate(SECONDS_PER_DAY * (first + 7 * cohort)),
        users,
        week: week - cohort,
        active,
        share: active / users,
      });
    }
  }
  return cells;
}
