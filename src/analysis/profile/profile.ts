import type pl from "nodejs-polars";
import type { EventsProfile } from "./events_profile.ts";
import { profilePopularity, profileRows, profileViews } from "./rows.ts";
import {
  distinctEvents,
  profileGaps,
  profileSessions,
  profileUsers,
  withSession,
} from "./sessions.ts";

export type { EventsProfile } from "./events_profile.ts";

/**
 * Computes the figures of a table of raw events. Those of rows (shares, prices) include exact
 * duplicates, those of sessions, users and gaps don't; rows without a session belong to none.
 *
 * @param events Columns event_time (Datetime), event_type, product_id, category_id, category_code,
 * brand, price, user_id, user_session; missing values are null. Other columns are allowed. Figures
 * without a base, such as the prices of a type that doesn't occur, are NaN.
 */
export async function profileEvents(events: pl.DataFrame): Promise<EventsProfile> {
  const rows = await profileRows(events.lazy());
  const distinct = distinctEvents(events);
  const inSessions = withSession(distinct.lazy());
  return {
    ...rows,
    duplicateShare: 1 - distinct.height / events.height,
    ...await profileUsers(distinct.lazy()),
    ...await profileSessions(inSessions),
    gapSeconds: await profileGaps(inSessions),
    ...await profilePopularity(events.lazy()),
    ...await profileViews(events.lazy()),
  };
}
