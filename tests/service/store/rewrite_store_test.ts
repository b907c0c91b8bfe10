import { DatabaseSync } from "node:sqlite";
import { rewriteStore } from "../../../src/service/store/rewrite_store.ts";
import { assert, assertEquals } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

/** What only deleted entries have. */
const SECRET = "a-very-private-value";

/** A store of a thousand entries, every third of which was deleted or overwritten. */
async function makeStore(path: string): Promise<Deno.Kv> {
  const kv = await Deno.openKv(path);
  for (let n = 0; n < 1000; n += 10) {
    const all = Array.from({ length: 10 }, (_, i) => n + i);
    const transaction = kv.atomic();
    for (const i of all) transaction.set(["entry", i], `${SECRET} ${i}`.repeat(5));
    await transaction.commit();
    const changes = kv.atomic();
    for (const i of all) {
      if (i % 3 === 0) changes.delete(["entry", i]);
      else changes.set(["entry", i], `public ${i}`, { expireIn: 1e9 });
    }
    await changes.commit();
  }
  return kv;
}

type Entry = readonly [key: Deno.KvKey, value: unknown, version: string];

/** All entries with their versions. */
async function entriesOf(kv: Deno.Kv): Promise<Entry[]> {
  return await Array.fromAsync(
    kv.list({ prefix: [] }, { batchSize: 500 }),
    ({ key, value, versionstamp }): Entry => [key, value, versionstamp],
  );
}

function valuesOf(entries: readonly Entry[]): unknown[] {
  return entries.map(([key, value]) => [key, value]);
}

/** How often the text is in the store's file and its log. */
async function copies(path: string): Promise<number> {
  let count = 0;
  for (const suffix of ["", "-wal"]) {
    const bytes = await Deno.readFile(path + suffix).catch(() => new Uint8Array());
    count += new TextDecoder("latin1").decode(bytes).split(SECRET).length - 1;
  }
  return count;
}

/** The names of the tables and indexes that belong to the entries. */
function tablesOf(database: DatabaseSync): string[] {
  return database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'kv%' ORDER BY name")
    .all().map(({ name }) => String(name));
}

Deno.test("after a rewrite the file has the same entries, and nothing of deleted ones", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    using kv = await makeStore(path);
    const before = await entriesOf(kv);
    assert(await copies(path) > 100);
    for (const index of ["kv_expiration_ms_idx_second", "kv_expiration_ms_idx"]) {
      const database = new DatabaseSync(path);
      await rewriteStore(database);
      assertEquals(tablesOf(database), ["kv", index]);
      assertEquals(database.prepare("PRAGMA quick_check").all(), [{ quick_check: "ok" }]);
      database.close();
      assertEquals(await copies(path), 0);
      assertEquals(await entriesOf(kv), before);
    }
    await kv.set(["entry", 0], "new");
    assertEquals((await kv.get(["entry", 0])).value, "new");
  }));

Deno.test("what is written during a rewrite is in the new table", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    using kv = await makeStore(path);
    using database = new DatabaseSync(path, { timeout: 5000 });
    let isDone = false;
    const rewriting = rewriteStore(database).finally(() => isDone = true);
    let writes = 0;
    for (; !isDone; writes++) {
      // Deletes, overwrites and adds, before and after what has been copied.
      const i = (writes * 37) % 1000;
      if (writes % 3 === 0) await kv.delete(["entry", i]);
      else await kv.set(["entry", i], `written ${writes}`);
      await kv.set(["added", writes], writes);
    }
    await rewriting;
    const expected = await entriesOf(kv);
    assert(writes > 10, String(writes));
    assertEquals(
      expected.filter(([[kind]]) => kind === "added").length,
      writes,
    );
    const [{ entries }] = database.prepare("SELECT count(*) AS entries FROM kv").all();
    assertEquals(entries, expected.length);
  }));

/** Fails instead of committing its nth transaction, as if the process ended there. */
class DyingDatabase extends DatabaseSync {
  #left: number;

  constructor(path: string, transactions: number) {
    super(path);
    this.#left = transactions;
  }

  override exec(sql: string): void {
    if (sql === "COMMIT" && this.#left-- === 1) throw new Error("the process ended");
    super.exec(sql);
  }
}

Deno.test("wherever a rewrite ends, all entries are there, and the next one finishes it", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    using kv = await makeStore(path);
    const before = await entriesOf(kv);
    let transactions = 0;
    for (let isDone = false; !isDone;) {
      const dying = new DyingDatabase(path, ++transactions);
      const [result] = await Promise.allSettled([rewriteStore(dying)]);
      isDone = result.status === "fulfilled";
      if (!isDone) {
        assertEquals((result as PromiseRejectedResult).reason.message, "the process ended");
      }
      dying.close();
      // Written with or without the triggers of a rewrite that has ended.
      await kv.set(["entry", 1], "between");
      await kv.set(["entry", 1], "public 1");
      assertEquals(valuesOf(await entriesOf(kv)), valuesOf(before));
    }
    assert(transactions > 8, String(transactions));
    assertEquals(await copies(path), 0);
  }));
