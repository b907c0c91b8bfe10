import type { Interactions } from "./interactions.ts";

/** Interactions before a window and in it, with the same users and items. */
export interface WindowParts {
  readonly past: Interactions;
  readonly window: Interactions;
}

/**
 * The share of the window's users with earlier events below which {@linkcode usersAreSessions}
 * treats users as sessions.
 */
export const FEW_RETURN = 0.05;

/**
 * Whether hardly any user of the window has earlier events, as in logs of sessions without users,
 * and more of them have several events in it.
 */
export function usersAreSessions({ past, window }: WindowParts): boolean {
  let active = 0, returning = 0, continued = 0;
  for (let user = 0; user < window.userIds.size; user++) {
    const now = eventCount(window, user), before = eventCount(past, user);
    if (now === 0) continue;
    active++;
    if (before > 0) returning++;
    if (before + now > 1) continued++;
  }
  return returning < FEW_RETURN * active && continued > returning;
}

/** The number of a user's events. */
export function eventCount({ indptr }: Interactions, user: number): number {
  return indptr[user + 1] - indptr[user];
}
