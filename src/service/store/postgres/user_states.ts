import { Cache } from "../../../base/cache.ts";
import { opinionsAmong } from "../entries/opinions.ts";
import type { Absorbed } from "../entries/merge_users.ts";
import type { Retention } from "../entries/retention.ts";
import {
  CACHE_SIZE,
  LIVE_EVENTS,
  LIVE_OPINIONS,
  type LiveEvents,
  NOTHING,
  sizeOf,
  stateOf,
  type UserState,
} from "../entries/user_states.ts";
import type { Connections } from "./connections.ts";
import { eventJson, type EventRow, toEvent } from "./event_rows.ts";

/** What is known of a user whose events of a version are cached already: nothing if they are. */
const STATE = `
SELECT json_build_object(
  'version', u.version, 'forgottenAt', u.forgotten_at, 'catalogue', c.sequence,
  'events', CASE WHEN u.version <> $2::bigint THEN (
    SELECT coalesce(json_agg(${eventJson("e")}), '[]') FROM (
      SELECT * FROM events WHERE user_id = $1
      ORDER BY time DESC, event_id DESC LIMIT ${LIVE_EVENTS}
    ) e) END,
  'purchases', CASE WHEN u.version <> $2::bigint THEN (
    SELECT coalesce(json_agg(json_build_array(product_id, received)), '[]') FROM (
      SELECT product_id, max(received) AS received FROM events
      WHERE user_id = $1 AND type = 'purchase' GROUP BY product_id ORDER BY product_id
    ) p) END,
  'opinions', CASE WHEN u.version <> $2::bigint THEN (
    SELECT coalesce(json_agg(${eventJson("o")}), '[]') FROM (
      SELECT * FROM events
      WHERE user_id = $1 AND type IN ('dislike', 'undo_dislike', 'hide', 'undo_hide')
      ORDER BY time DESC, event_id DESC LIMIT ${LIVE_OPINIONS}
    ) o) END,
  'merges', CASE WHEN u.version <> $2::bigint THEN json_build_object(
    'absorbed', (
      SELECT coalesce(json_agg(json_build_object(
        'userId', from_user, 'since', since, 'until', until) ORDER BY from_user), '[]')
      FROM merges WHERE to_user = $1),
    'leftAt', (SELECT max(until) FROM merges WHERE from_user = $1)
  ) END
)::text
FROM catalogue c LEFT JOIN users u ON u.user_id = $1`;

interface Row {
  readonly version: number | null;
  readonly forgottenAt: number | null;
  readonly catalogue: number;
  /** Newest first; null if the version is the cached one, or there is no user. */
  readonly events: readonly EventRow[] | null;
  readonly purchases: readonly (readonly [string, number])[] | null;
  /** Newest first; null like the events. */
  readonly opinions: readonly EventRow[] | null;
  readonly merges: {
    readonly absorbed: readonly Absorbed[];
    readonly leftAt: number | null;
  } | null;
}

/** Reads users' states, each in one statement; the events of a user without new ones are cached. */
export class UserStates {
  readonly #connections: Connections;
  readonly #retention: Retention;
  readonly #events = new Cache<{ readonly version: number; readonly live: LiveEvents }>(CACHE_SIZE);

  constructor(connections: Connections, retention: Retention) {
    this.#connections = connections;
    this.#retention = retention;
  }

  /** The current state of a user. */
  async read(userId: string): Promise<UserState> {
    const cached = this.#events.get(userId);
    const { version, forgottenAt, catalogue, events, purchases, opinions, merges } = await this
      .#connections
      .ask<Row>(
        STATE,
        userId,
        cached?.version ?? -1,
      );
    let live = version === null ? NOTHING : cached?.live ?? NOTHING;
    if (version !== null && events && purchases && opinions && merges) {
      live = {
        events: events.map((row) => toEvent(userId, row)).reverse(),
        purchases: purchases.map(([productId, received]) => ({ productId, received })),
        opinions: opinionsAmong(opinions.map((row) => toEvent(userId, row))).reverse(),
        merges: {
          absorbed: merges.absorbed,
          ...(merges.leftAt !== null && { leftAt: merges.leftAt }),
        },
      };
      this.#events.set(userId, { version, live }, { size: sizeOf(live) });
    }
    return stateOf(live, {
      ...(forgottenAt !== null && { forgottenAt }),
      catalogueSequence: catalogue,
      version: `${version ?? ""},${catalogue}`,
      retention: this.#retention,
    });
  }
}
