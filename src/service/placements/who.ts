import { EMPTY_HISTORY } from "../../interactions/history.ts";
import type { Who } from "./strategies/strategy.ts";
import type { Shop, Unread } from "../recommend/shop.ts";
import type { UserState } from "../store/entries/user_states.ts";

/** A visitor who did nothing yet. */
export const VISITOR: Who = { history: EMPTY_HISTORY };

/** A user whose state was read; undefined if the store fails or there is none. */
export async function whoOf(
  userId: string,
  state: UserState | undefined,
  shop: Shop,
): Promise<Who> {
  return {
    ...await shop.knownHistory(userId, state),
    purchased: state?.purchased,
    disliked: state?.disliked,
    hidden: state?.hidden,
  };
}

/** Whom a list is for: a user or, without an id, a visitor who did nothing yet. */
export async function whoIs(userId: string | undefined, shop: Shop): Promise<Who> {
  if (userId !== undefined) return await whoOf(userId, await shop.stateOf(userId), shop);
  await shop.refresh();
  return VISITOR;
}

/** What an answer says if what the user did couldn't be read; nothing otherwise. */
export function unreadOf({ store, histories }: Unread): Unread {
  return { ...(store && { store }), ...(histories && { histories }) };
}
