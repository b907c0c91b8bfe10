import { MS_PER_DAY, MS_PER_HOUR } from "../../../base/time.ts";
import { dayOf } from "../entries/keys.ts";
import type { Retention } from "../entries/retention.ts";
import { TALLY_DAYS } from "../entries/tallies.ts";
import type { Connections } from "./connections.ts";
import type { Partitions } from "./partitions.ts";

/** Whoever holds this lock does the upkeep. */
const LOCK = 7_243_394;

/** What upkeep needs. */
export interface UpkeepOptions {
  readonly connections: Connections;
  readonly partitions: Partitions;
  readonly retention: Retention;
  /** The clock, in milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

/**
 * Removes what has expired: partitions of events as a whole, ids, what was shown, users without
 * events, and counts after ninety days. Sums up the counts of past days, and after a user was
 * forgotten has PostgreSQL free the space of deleted rows. Runs when a server starts and every hour
 * on one of them.
 */
export class Upkeep implements Disposable {
  readonly #options: UpkeepOptions;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: UpkeepOptions) {
    this.#options = options;
  }

  /** Does it now and every hour. */
  async start(): Promise<void> {
    await this.run();
    this.#timer = setInterval(() => this.#runAgain(), MS_PER_HOUR);
    Deno.unrefTimer(this.#timer);
  }

  async #runAgain(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      const { name } = this.#options.connections;
      console.error(
        `Cannot remove what has expired in ${name}: ${(error as Error).message}; ` +
          "it is tried again in an hour",
      );
    }
  }

  /** Does it now, unless another server is doing it. */
  async run(): Promise<void> {
    const { connections, partitions, retention, now } = this.#options;
    const oldest = Math.floor(retention.oldest());
    const today = dayOf(now());
    let isMine = false;
    await connections.transact(async (ask) => {
      [[isMine]] = await ask(`SELECT pg_try_advisory_xact_lock(${LOCK})`) as [[boolean]];
      if (!isMine) return;
      await ask(`DELETE FROM event_ids WHERE received < ${oldest}`);
      await ask(`DELETE FROM exposures WHERE received < ${oldest}`);
      await ask(`DELETE FROM merges WHERE until < ${oldest}`);
      await ask(`DELETE FROM users WHERE received < ${oldest} AND forgotten_at IS NULL`);
      await ask(`DELETE FROM impressions WHERE shown < ${Math.floor(now() - MS_PER_DAY)}`);
      await ask(`DELETE FROM tallies WHERE day < ${today - TALLY_DAYS}`);
      await ask(
        "WITH parts AS (DELETE FROM tallies WHERE day IN (SELECT day FROM tallies " +
          `WHERE day < ${today} GROUP BY day ` +
          "HAVING count(*) > count(DISTINCT (product_id, type))) RETURNING *) " +
          "INSERT INTO tallies SELECT day, product_id, type, sum(count) FROM parts " +
          "GROUP BY 1, 2, 3 HAVING sum(count) > 0",
      );
    });
    if (!isMine) return;
    await partitions.drop(oldest);
    const isDue = await connections.ask(
      "UPDATE upkeep SET is_vacuum_due = false WHERE is_vacuum_due RETURNING 'true'",
    );
    if (isDue) {
      await connections.run("VACUUM events, event_ids, impressions, exposures");
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
