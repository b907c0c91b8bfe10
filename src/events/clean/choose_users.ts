import pl from "nodejs-polars";
import { undrawnUsers } from "./sample_users.ts";

/** Whose events to keep. */
export interface UserOptions {
  /** Users with more events than this are taken for bots and left out; default: nobody is. */
  readonly maxEventsPerUser?: number;
  /** Keep only this many users, drawn at random, with all of their events; default: all users. */
  readonly users?: number;
  /** Determines which users are drawn; default: 1. */
  readonly seed?: number;
}

/** Users to leave out, and why. */
export interface UserStep {
  readonly step: string;
  /** One column, user_id. */
  readonly leftOut: pl.DataFrame;
}

/**
 * Chooses the users to leave out: bots first, then those who are not drawn of the others.
 *
 * @param users Columns user_id and events; how many events each user has.
 */
export function chooseUsers(
  users: pl.DataFrame,
  { maxEventsPerUser, users: drawn, seed = 1 }: UserOptions,
): UserStep[] {
  const steps: UserStep[] = [];
  let left = users;
  if (maxEventsPerUser !== undefined) {
    const isBot = pl.col("events").gt(maxEventsPerUser);
    const leftOut = left.filter(isBot).select("user_id");
    steps.push({ step: `users with more than ${maxEventsPerUser} events`, leftOut });
    left = left.filter(isBot.not());
  }
  if (drawn !== undefined) {
    const leftOut = undrawnUsers(left.select("user_id"), drawn, seed);
    steps.push({ step: `users beyond the ${drawn} drawn`, leftOut });
  }
  return steps;
}

/** Whether {@linkcode chooseUsers} has anything to choose. */
export function leavesOutUsers({ maxEventsPerUser, users }: UserOptions): boolean {
  return maxEventsPerUser !== undefined || users !== undefined;
}

/** Sums how many events each user has in several tables of columns user_id and events. */
export function sumUsers(tables: readonly pl.DataFrame[]): pl.DataFrame {
  return pl.concat([...tables]).groupBy("user_id").agg(pl.col("events").sum());
}
