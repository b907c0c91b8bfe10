import { StoreError } from "../store_error.ts";
import type { Connections } from "./connections.ts";

/** The migrations in their order; the version of the layout is their number. */
const MIGRATIONS = [
  "001_store.sql",
  "002_streams.sql",
  "003_merges.sql",
  "004_rules.sql",
  "005_opinions.sql",
  "006_exposures.sql",
  "007_hides.sql",
] as const;

/** Any number that no other program uses: whoever holds it changes the layout. */
const LOCK = 7_243_392;

/**
 * Brings the layout of the store up to date. Of several programs that start at the same time one
 * does, the others wait.
 *
 * @throws {StoreError} If the layout is newer than this program.
 */
export async function migrate(connections: Connections): Promise<void> {
  await connections.transact(async (ask) => {
    await ask(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const [[layout]] = await ask("SELECT to_regclass('recommender.layout')::text");
    const [[version]] = layout === null
      ? [[0]]
      : await ask("SELECT coalesce(max(version), 0) FROM recommender.layout");
    if (Number(version) > MIGRATIONS.length) {
      throw new StoreError(
        `its layout is ${version}, newer than this program's, ${MIGRATIONS.length}; use the ` +
          "program that made it, or another database",
      );
    }
    if (layout === null) {
      await ask("CREATE SCHEMA IF NOT EXISTS recommender");
      await ask(
        "CREATE TABLE recommender.layout (version integer PRIMARY KEY, " +
          "applied timestamptz NOT NULL DEFAULT now())",
      );
    }
    for (let done = Number(version); done < MIGRATIONS.length; done++) {
      const file = new URL(`./migrations/${MIGRATIONS[done]}`, import.meta.url);
      await ask(await Deno.readTextFile(file));
      await ask(`INSERT INTO recommender.layout (version) VALUES (${done + 1})`);
    }
  });
}
