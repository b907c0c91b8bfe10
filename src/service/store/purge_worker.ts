/**
 * Rewrites a store's file in a thread of its own, since SQLite blocks it meanwhile. Gets the path
 * and answers with an error's message, or an empty one.
 */
import { DatabaseSync } from "node:sqlite";

interface Port {
  onmessage: (event: MessageEvent<string>) => void;
  postMessage(message: string): void;
}

/** How long SQLite waits for others that read or write, in milliseconds. */
const TIMEOUT_MS = 5000;

/** A quarter faster than with the 2 MiB of SQLite itself. */
const CACHE_KIB = 65_536;

const BLOB_BYTES = 1_000_000;

const port = self as unknown as Port;

port.onmessage = ({ data: path }) => {
  try {
    purge(path);
    port.postMessage("");
  } catch (error) {
    port.postMessage((error as Error).message);
  }
};

/**
 * Leaves nothing but the present entries in the file. `VACUUM` does the same, but attaches a
 * database, which Deno only allows to programs that may read and write all files.
 */
function purge(path: string): void {
  const database = new DatabaseSync(path, { timeout: TIMEOUT_MS });
  try {
    // Overwrites with zeros what is deleted from here on.
    database.exec(
      `PRAGMA secure_delete = ON; PRAGMA cache_size = -${CACHE_KIB}; BEGIN IMMEDIATE`,
    );
    // Written again, no page of the table has remains between its entries.
    database.exec(`
      CREATE TEMP TABLE entries AS SELECT * FROM main.kv ORDER BY k;
      DELETE FROM main.kv;
      INSERT INTO main.kv SELECT * FROM entries;
      DROP TABLE entries;
    `);
    overwriteFreePages(database);
    database.exec("COMMIT");
    // Until then the old pages are in the file, and the log has copies of some.
    if (numberOf(database, "wal_checkpoint(TRUNCATE)") !== 0) throw new Error("database is locked");
  } finally {
    database.close();
  }
}

/** Takes all pages that were free before for zeros, and frees them again. */
function overwriteFreePages(database: DatabaseSync): void {
  const bytes = numberOf(database, "freelist_count") * numberOf(database, "page_size");
  database.exec("CREATE TABLE main.zeros (zeros BLOB)");
  const insert = database.prepare("INSERT INTO main.zeros VALUES (zeroblob(?))");
  for (let written = 0; written < bytes; written += BLOB_BYTES) insert.run(BLOB_BYTES);
  database.exec("DROP TABLE main.zeros");
}

/** The first column of what a pragma returns. */
function numberOf(database: DatabaseSync, pragma: string): number {
  const [row] = database.prepare(`PRAGMA ${pragma}`).all();
  return Number(Object.values(row ?? {})[0]);
}
