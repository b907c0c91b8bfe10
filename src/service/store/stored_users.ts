import type { UserState } from "./entries/user_states.ts";
import type { EventStore } from "./event_store.ts";

/** A user with stored events. */
export interface StoredUser {
  readonly userId: string;
  readonly state: UserState;
}

/**
 * The users who have stored events, by id. Those whose events have all expired, been deleted or
 * become another's are left out.
 *
 * @param options `after`: only users after this one. Default from the first. `isOmitted`: who is
 *   left out, too, without their state being read. Default nobody.
 * @throws {StoreError} If the store fails.
 */
export async function* storedUsers(
  store: Pick<EventStore, "usersAfter" | "userState">,
  { after, isOmitted = () => false }: {
    readonly after?: string;
    readonly isOmitted?: (userId: string) => boolean | Promise<boolean>;
  } = {},
): AsyncGenerator<StoredUser> {
  while (true) {
    const page = await store.usersAfter({ after });
    if (page.length === 0) return;
    for (const userId of page) {
      if (await isOmitted(userId)) continue;
      const state = await store.userState(userId);
      if (state.events.length > 0) yield { userId, state };
    }
    after = page.at(-1);
  }
}
