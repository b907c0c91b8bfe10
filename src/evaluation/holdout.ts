import { isoTime } from "../base/time.ts";
import { type Interactions, keepEvents } from "../interactions/interactions.ts";
import { eventCount, usersAreSessions, type WindowParts } from "../interactions/returning_users.ts";
import { timeSpan } from "../interactions/split.ts";

/**
 * What is predicted in a window. `window`: all that users do in it, from what they did before it.
 * `next-item`: each user's last event in it, from all of the user's events before that, including
 * those in the window; the usual protocol for sessions (Ludewig and Jannach 2018), which count as
 * users if there are no others. In both, models are fitted to the events before the window.
 */
export const PROTOCOLS = ["window", "next-item"] as const;

/** One of {@linkcode PROTOCOLS}. */
export type Protocol = typeof PROTOCOLS[number];

/** What to predict, and from what. */
export interface Holdout {
  /** The users' histories: everything before the truth. */
  readonly history: Interactions;
  /** Everything after it. */
  readonly truth: Interactions;
  /** Everything before the window, if histories go on into it. Default the history. */
  readonly past?: Interactions;
  /** The training data, if it isn't the past. */
  readonly fittedTo?: Interactions;
}

/** The protocol that suits the data: `next-item` if {@linkcode usersAreSessions}. */
export function protocolFor(parts: WindowParts): Protocol {
  return usersAreSessions(parts) ? "next-item" : "window";
}

/** Splits the events around a window into what models may know and what they are to predict. */
export function holdOut({ past, window }: WindowParts, protocol: Protocol): Holdout {
  if (protocol === "window") return { history: past, truth: window };
  const isLast = new Uint8Array(window.items.length);
  for (let user = 0; user < window.userIds.size; user++) {
    if (eventCount(window, user) > 0) isLast[window.indptr[user + 1] - 1] = 1;
  }
  return {
    past,
    history: append(past, keepEvents(window, (p) => isLast[p] === 0)),
    truth: keepEvents(window, (p) => isLast[p] === 1),
  };
}

/** Each user's events of both, those of the second last. */
function append(first: Interactions, second: Interactions): Interactions {
  const size = first.items.length + second.items.length;
  const indptr = first.indptr.map((start, user) => start + second.indptr[user]);
  const join = <Values extends Uint32Array | Float32Array>(a: Values, b: Values, out: Values) => {
    for (let user = 0; user + 1 < indptr.length; user++) {
      const ofFirst = a.subarray(first.indptr[user], first.indptr[user + 1]);
      out.set(ofFirst, indptr[user]);
      const ofSecond = b.subarray(second.indptr[user], second.indptr[user + 1]);
      out.set(ofSecond, indptr[user] + ofFirst.length);
    }
    return out;
  };
  return {
    ...first,
    indptr,
    items: join(first.items, second.items, new Uint32Array(size)),
    weights: join(first.weights, second.weights, new Float32Array(size)),
    times: join(first.times, second.times, new Uint32Array(size)),
    ...(first.sessions && second.sessions && {
      sessions: join(first.sessions, second.sessions, new Uint32Array(size)),
    }),
  };
}

/**
 * Checks that training data is entirely earlier than the truth, and so are histories: each user's
 * own, if they go on into the window. The figures of a model that has seen the future mean nothing,
 * however good they look.
 *
 * @throws {RangeError} If an event of the histories or the training data isn't earlier than the
 * first event of the truth; says which and how late.
 */
export function requirePast(
  { history, truth, past = history, fittedTo = past }: Holdout,
): void {
  if (truth.times.length === 0) return;
  const { first } = timeSpan(truth);
  const parts = { ...(past === history ? { histories: history } : { past }) };
  for (const [name, part] of Object.entries({ ...parts, "training data": fittedTo })) {
    const { last } = timeSpan(part);
    if (part.times.length === 0 || last < first) continue;
    throw new RangeError(
      `Cannot evaluate: the ${name} must end before the truth starts, at ${isoTime(first)}, ` +
        `but they last until ${isoTime(last)}: the model would see the future`,
    );
  }
  if (past !== history) requireOwnPast(history, truth);
}

function requireOwnPast(history: Interactions, truth: Interactions): void {
  for (let user = 0; user < truth.userIds.size; user++) {
    if (eventCount(truth, user) === 0 || eventCount(history, user) === 0) continue;
    const last = history.times[history.indptr[user + 1] - 1];
    const first = truth.times[truth.indptr[user]];
    if (last <= first) continue;
    throw new RangeError(
      `Cannot evaluate: the history of user "${truth.userIds.idAt(user)}" must end before the ` +
        `truth starts, at ${isoTime(first)}, but it lasts until ${isoTime(last)}`,
    );
  }
}
