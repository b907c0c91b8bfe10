import type { DatabaseSync } from "node:sqlite";
import { sleep } from "../../base/time.ts";

/** How long one transaction should take, in milliseconds; writes of the service wait meanwhile. */
const TURN_MS = 8;
/** How long the service gets between two transactions, in milliseconds. */
const PAUSE_MS = 16;

/** How often emptying the log is tried: some seconds. */
const MOST_ATTEMPTS = 400;

/** Bytes and rows of the first transactions; later ones take what fits into a turn. */
const FIRST_BYTES = 256 * 1024;
const FIRST_ROWS = 200;

/** The tables of a rewrite: what is being written, and what it has replaced. */
const FRESH = "kv_fresh";
const STALE = "kv_stale";
const ZEROS = "kv_zeros";

/** Ends the name of every second index, since a name can't be reused until the old one is gone. */
const SECOND = "_second";

const EVENTS = ["insert", "update", "delete"] as const;

/**
 * Writes the entries of a Deno KV to a new table of its file, puts it in place of the old one and
 * overwrites the old one with zeros. Nothing but the present entries remains in the file, not even
 * between them in a page. `VACUUM` would do the same, but blocks every write until it is done, and
 * attaches a database, which Deno only allows to programs that may read and write all files.
 *
 * Each step is a transaction of some eight milliseconds, and between them the service writes:
 * triggers copy what it writes meanwhile. If this ends early, in whatever state, the entries are
 * complete, and the next rewrite removes what was left. Two mustn't run at the same time.
 *
 * @param database Where nothing else is done meanwhile.
 */
export async function rewriteStore(database: DatabaseSync): Promise<void> {
  // Overwrites what is deleted from here on. Without a power supply the last steps may be lost, but
  // not what the service has written.
  database.exec("PRAGMA secure_delete = ON; PRAGMA synchronous = NORMAL");
  await removeRemains(database);
  await overwriteFreePages(database);
  transact(database, () => createFresh(database));
  await copyEntries(database);
  requireComplete(database);
  transact(database, () => {
    dropTriggers(database);
    database.exec(`ALTER TABLE kv RENAME TO ${STALE}; ALTER TABLE ${FRESH} RENAME TO kv`);
  });
  await removeRemains(database);
  await emptyLog(database);
}

/** Removes what an earlier rewrite, or this one, has left. */
async function removeRemains(database: DatabaseSync): Promise<void> {
  transact(database, () => dropTriggers(database));
  for (const [table, key] of [[FRESH, "k"], [STALE, "k"], [ZEROS, "rowid"]]) {
    if (!hasTable(database, table)) continue;
    const remove = database.prepare(
      `DELETE FROM ${table} WHERE ${key} IN (SELECT ${key} FROM ${table} ORDER BY ${key} LIMIT ?)`,
    );
    await inTurns(
      database,
      table === ZEROS ? 1 : FIRST_ROWS,
      (rows) => remove.run(rows).changes === rows,
    );
    transact(database, () => database.exec(`DROP TABLE ${table}`));
  }
}

/** Takes all free pages for zeros. */
async function overwriteFreePages(database: DatabaseSync): Promise<void> {
  transact(database, () => database.exec(`CREATE TABLE ${ZEROS} (zeros BLOB)`));
  const insert = database.prepare(`INSERT INTO ${ZEROS} VALUES (zeroblob(?))`);
  const pageBytes = numberOf(database, "page_size");
  await inTurns(database, FIRST_BYTES, (most) => {
    const free = numberOf(database, "freelist_count") * pageBytes;
    if (free > 0) insert.run(Math.min(most, free));
    return free > most;
  });
  await removeRemains(database);
}

/** Empties the write-ahead log, which has copies of old pages; nothing may read it meanwhile. */
async function emptyLog(database: DatabaseSync): Promise<void> {
  // Writes wait while this waits for readers.
  database.exec(`PRAGMA busy_timeout = ${TURN_MS}`);
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const [{ busy }] = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").all();
    if (busy === 0) return;
    await sleep(PAUSE_MS);
  }
  throw new Error("the log can't be emptied, since it is being read all the time");
}

function createFresh(database: DatabaseSync): void {
  for (const { type, name, sql } of schemaOf(database, "kv")) {
    database.exec(
      type === "table"
        ? sql.replace(/^CREATE TABLE "?kv"?/i, `CREATE TABLE ${FRESH}`)
        : sql.replace(
          /^CREATE INDEX .*? on "?kv"?/i,
          `CREATE INDEX "${otherName(name)}" ON ${FRESH}`,
        ),
    );
  }
  const columns = database.prepare("SELECT name FROM pragma_table_info('kv')").all()
    .map(({ name }) => `new.${name}`).join();
  const remove = (row: "old" | "new") => `DELETE FROM ${FRESH} WHERE k = ${row}.k;`;
  const insert = `${remove("new")} INSERT INTO ${FRESH} VALUES (${columns});`;
  const actions = { insert, update: remove("old") + insert, delete: remove("old") };
  for (const event of EVENTS) {
    database.exec(
      `CREATE TRIGGER ${FRESH}_${event} AFTER ${event} ON kv BEGIN ${actions[event]} END`,
    );
  }
}

function dropTriggers(database: DatabaseSync): void {
  for (const event of EVENTS) database.exec(`DROP TRIGGER IF EXISTS ${FRESH}_${event}`);
}

/** Copies all entries that the triggers haven't copied. */
async function copyEntries(database: DatabaseSync): Promise<void> {
  const findLast = database.prepare(
    "SELECT max(k) AS last FROM (SELECT k FROM kv WHERE k > ? ORDER BY k LIMIT ?)",
  );
  const copy = database.prepare(
    `INSERT OR IGNORE INTO ${FRESH} SELECT * FROM kv WHERE k > ? AND k <= ? ORDER BY k`,
  );
  let before = new Uint8Array(0);
  await inTurns(database, FIRST_ROWS, (rows) => {
    const last = findLast.get(before, rows)?.last as Uint8Array<ArrayBuffer> | null;
    if (last === null) return false;
    copy.run(before, last);
    before = last;
    return true;
  });
}

/** @throws {Error} If an entry wasn't copied; checked in a snapshot, so that no write waits. */
function requireComplete(database: DatabaseSync): void {
  const [{ old, fresh }] = database.prepare(
    `SELECT (SELECT count(*) FROM kv) AS old, (SELECT count(*) FROM ${FRESH}) AS fresh`,
  ).all();
  if (old !== fresh) throw new Error(`${fresh} of ${old} entries were copied`);
}

/**
 * Works in transactions that take a turn each.
 *
 * @param size How much to do in the first; adapted to the time that it takes.
 * @param work Does that much; returns whether there may be more to do.
 */
async function inTurns(
  database: DatabaseSync,
  size: number,
  work: (size: number) => boolean,
): Promise<void> {
  let isMore = true;
  while (isMore) {
    const started = performance.now();
    transact(database, () => isMore = work(Math.floor(size)));
    const took = performance.now() - started;
    size = Math.max(1, size * Math.min(2, Math.max(0.5, TURN_MS / took)));
    // Written to its place by this thread, the log is short when the service commits.
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
    await sleep(PAUSE_MS);
  }
}

function transact(database: DatabaseSync, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

/** A table and its indexes. */
function schemaOf(database: DatabaseSync, table: string): readonly SchemaRow[] {
  return database.prepare(
    "SELECT type, name, sql FROM sqlite_schema " +
      "WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC",
  ).all(table) as unknown as SchemaRow[];
}

function hasTable(database: DatabaseSync, table: string): boolean {
  return schemaOf(database, table).length > 0;
}

function otherName(index: string): string {
  return index.endsWith(SECOND) ? index.slice(0, -SECOND.length) : index + SECOND;
}

/** The first column of what a pragma returns. */
function numberOf(database: DatabaseSync, pragma: string): number {
  const [row] = database.prepare(`PRAGMA ${pragma}`).all();
  return Number(Object.values(row ?? {})[0]);
}
