import type { StoredInteractions } from "../../artifact/load.ts";
import { exampleUser } from "../../service/recommend/example_user.ts";

/** A user of the artifact. */
export interface FoundUser {
  readonly userId: string;
  /** Views, carts and purchases in the artifact. */
  readonly events: number;
  /** When the last of them happened, in seconds since 1970-01-01 UTC; undefined without any. */
  readonly last?: number;
}

type Users = Pick<StoredInteractions, "userIds" | "histories">;

/** The most users that a search finds. */
const MOST = 20;

/** Lengths of the histories of example users. */
const LENGTHS = [3, 8, 20] as const;

/**
 * The users whose id contains a text: the same id first, then those that begin with it, at most 20.
 */
export function findUsers(users: Users, text: string): FoundUser[] {
  const exact = users.userIds.indexOf(text);
  const found = new Set(exact < 0 ? [] : [exact]);
  const within: number[] = [];
  for (let user = 0; user < users.userIds.size && found.size < MOST; user++) {
    const place = users.userIds.idAt(user).indexOf(text);
    if (place === 0) found.add(user);
    else if (place > 0 && within.length < MOST) within.push(user);
  }
  return [...found, ...within].slice(0, MOST).map((user) => describe(users, user));
}

/**
 * Users to look at: the service's example, whose history is long, and the first ones with shorter
 * histories.
 */
export function exampleUsers(users: Users): FoundUser[] {
  const wanted: number[] = [...LENGTHS];
  const found: FoundUser[] = [describe(users, users.userIds.indexOf(exampleUser(users)))];
  for (let user = 0; user < users.userIds.size && wanted.length > 0; user++) {
    const place = wanted.indexOf(users.histories.lengthOf(user));
    if (place < 0) continue;
    wanted.splice(place, 1);
    found.push(describe(users, user));
  }
  return found.sort((a, b) => a.events - b.events);
}

function describe({ userIds, histories }: Users, user: number): FoundUser {
  const { times } = histories.of(user);
  return {
    userId: userIds.idAt(user),
    events: times.length,
    ...(times.length > 0 && { last: times[times.length - 1] }),
  };
}
