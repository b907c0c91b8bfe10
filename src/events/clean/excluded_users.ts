import pl from "nodejs-polars";
import { formatCounted } from "../../base/format.ts";
import { usersNotSampled } from "./sample_users.ts";

/** Whose events to keep. */
export interface UserOptions {
  /** Users with more events than this are excluded as bots; default: no limit. */
  readonly maxEventsPerUser?: number;
  /** Size of a random sample of users, each kept with all of their events; default: all users. */
  readonly users?: number;
  /** The seed of the sample; default: 1. */
  readonly seed?: number;
}

/** Users to exclude, and why. */
export interface UserExclusion {
  /** The reason, as the report names it. */
  readonly step: string;
  /** One column, user_id. */
  readonly users: pl.DataFrame;
}

/** Names the users who are excluded as bots. */
export function botsStep(maxEventsPerUser: number): string {
  return `users with more than ${formatCounted(maxEventsPerUser, "event")}`;
}

/** Names the users who are excluded because the sample has others. */
export function sampleStep(users: number): string {
  return `users outside the sample of ${users}`;
}

/**
 * Finds the users to exclude: bots first, then everyone outside the sample of the others.
 *
 * @param users Columns user_id and events: the number of events of each user.
 */
export function findExcludedUsers(
  users: pl.DataFrame,
  { maxEventsPerUser, users: sampleSize, seed = 1 }: UserOptions,
): UserExclusion[] {
  const exclusions: UserExclusion[] = [];
  let remaining = users;
  if (maxEventsPerUser !== undefined) {
    const isBot = pl.col("events").gt(maxEventsPerUser);
    exclusions.push({
      step: botsStep(maxEventsPerUser),
      users: remaining.filter(isBot).select("user_id"),
    });
    remaining = remaining.filter(isBot.not());
  }
  if (sampleSize !== undefined) {
    exclusions.push({
      step: sampleStep(sampleSize),
      users: usersNotSampled(remaining.select("user_id"), sampleSize, seed),
    });
  }
  return exclusions;
}

/** Whether {@linkcode findExcludedUsers} could exclude anyone. */
export function excludesUsers({ maxEventsPerUser, users }: UserOptions): boolean {
  return maxEventsPerUser !== undefined || users !== undefined;
}

/** Adds up the events of each user over several tables with the columns user_id and events. */
export function sumEventCounts(tables: readonly pl.DataFrame[]): pl.DataFrame {
  return pl.concat([...tables]).groupBy("user_id").agg(pl.col("events").sum());
}
