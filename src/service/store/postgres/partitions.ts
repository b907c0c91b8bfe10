import { MS_PER_DAY } from "../../../base/time.ts";
import type { Connections } from "./connections.ts";

/** A partition holds the events that were received in one week. */
const WEEK_MS = 7 * MS_PER_DAY;

/** Whoever holds this lock makes or drops partitions. */
const LOCK = 7_243_393;

/** The partitions of the events: made when they are needed, dropped as a whole when they expire. */
export class Partitions {
  readonly #connections: Connections;
  readonly #made = new Map<number, Promise<void>>();

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /**
   * Makes the partition for events received at a time, unless it exists.
   *
   * @param received Milliseconds since 1970-01-01 UTC.
   */
  async require(received: number): Promise<void> {
    const week = Math.floor(received / WEEK_MS);
    let making = this.#made.get(week);
    if (!making) {
      making = this.#make(week);
      this.#made.set(week, making);
      making.catch(() => this.#made.delete(week));
    }
    await making;
  }

  /** Attached rather than created in place, which would wait for all who read events. */
  #make(week: number): Promise<void> {
    const [from, to] = [week * WEEK_MS, (week + 1) * WEEK_MS];
    return this.#connections.transact(async (ask) => {
      await ask(`SELECT pg_advisory_xact_lock(${LOCK})`);
      const [[existing]] = await ask(`SELECT to_regclass('recommender.events_${week}')::text`);
      if (existing !== null) return;
      await ask(`CREATE TABLE events_${week} (LIKE events)`);
      await ask(
        `ALTER TABLE events ATTACH PARTITION events_${week} FOR VALUES FROM (${from}) TO (${to})`,
      );
    });
  }

  /**
   * Drops the partitions whose events were all received before a time. Those that read or write
   * other events don't wait.
   */
  async drop(before: number): Promise<void> {
    const weeks = await this.#connections.ask<number[]>(
      "SELECT coalesce(json_agg(substr(relname, 8)::int), '[]') AS answer " +
        "FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'events'::regclass",
    );
    for (const week of weeks) {
      if ((week + 1) * WEEK_MS > before) continue;
      this.#made.delete(week);
      await this.#connections.run(
        `ALTER TABLE events DETACH PARTITION events_${week} CONCURRENTLY`,
      );
      await this.#connections.run(`DROP TABLE events_${week}`);
    }
  }
}
