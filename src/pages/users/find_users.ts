import type { Histories } from "../../histories/histories.ts";
import { InsideHistories } from "../../histories/inside.ts";

/** A user of the artifact. */
export interface FoundUser {
  readonly userId: string;
  /** Views, carts and purchases in the artifact. */
  readonly events: number;
  /** When the last of them happened, in seconds since 1970-01-01 UTC; undefined without any. */
  readonly last?: number;
}

/** The most users that a search finds. */
const MOST = 20;

/**
 * The users whose id contains a text: the same id first, then those that begin with it, at most 20.
 * Where histories are apart from the artifact, which has no list of ids then, only the same id.
 *
 * @throws {HistoriesError} If histories are apart and can't be read.
 */
export async function findUsers(histories: Histories, text: string): Promise<FoundUser[]> {
  const ids = histories instanceof InsideHistories ? idsWith(histories, text) : [text];
  return await describeAll(histories, ids);
}

function idsWith({ userIds }: InsideHistories, text: string): string[] {
  const exact = userIds.indexOf(text);
  const found = new Set(exact < 0 ? [] : [exact]);
  const within: number[] = [];
  for (let user = 0; user < userIds.size && found.size < MOST; user++) {
    const place = userIds.idAt(user).indexOf(text);
    if (place === 0) found.add(user);
    else if (place > 0 && within.length < MOST) within.push(user);
  }
  return [...found, ...within].slice(0, MOST).map((user) => userIds.idAt(user));
}

/**
 * Users to look at, with histories of several lengths, the shortest first.
 *
 * @throws {HistoriesError} If histories are apart and can't be read.
 */
export async function exampleUsers(histories: Histories): Promise<FoundUser[]> {
  const found = await describeAll(histories, histories.examples);
  return found.sort((a, b) => a.events - b.events);
}

/** Those of some users who are known. */
async function describeAll(histories: Histories, ids: readonly string[]): Promise<FoundUser[]> {
  const all = await Promise.all(ids.map(async (userId): Promise<FoundUser[]> => {
    const history = await histories.of(userId);
    if (!history) return [];
    const last = history.times.at(-1);
    return [{ userId, events: history.times.length, ...(last !== undefined && { last }) }];
  }));
  return all.flat();
}
