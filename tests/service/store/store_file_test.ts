/** A store whose file is removed, damaged or can't be written. */
import { KvStore } from "../../../src/service/store/kv_store.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import { StoreFile } from "../../../src/service/store/store_file.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

const VIEW = { userId: "ann", productId: "1", type: "view", time: 1000 } as const;

for (const suffix of ["", "-wal", "-shm"]) {
  Deno.test(`nothing is stored while store.kv${suffix} is removed or replaced`, () =>
    withFolder(async (folder) => {
      const path = `${folder}/store.kv`;
      using store = await openEventStore({ path });
      await store.append([VIEW]);
      await store.check();
      await Deno.rename(path + suffix, `${folder}/elsewhere`);
      const message = `${path}${suffix} was removed or replaced while it was in use`;
      await assertRejects(() => store.append([VIEW]), StoreError, message);
      await assertRejects(() => store.check(), StoreError, message);
      await Deno.writeTextFile(path + suffix, "");
      await assertRejects(() => store.append([VIEW]), StoreError, message);
      await assertRejects(() => store.forget("ann"), StoreError, message);
      await Deno.rename(`${folder}/elsewhere`, path + suffix);
      assertEquals(await store.append([VIEW]), { stored: 1, duplicates: 0 });
      await store.check();
    }));
}

Deno.test("a store that can be read but not written fails its check until a write succeeds", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    (await openEventStore({ path }))[Symbol.dispose]();
    const kv = await Deno.openKv(path);
    using store = new KvStore(kv, { name: path, now: Date.now, file: new StoreFile(path) });
    const { set } = kv;
    kv.set = () => Promise.reject(new Error("database or disk is full"));
    const message = `Cannot write in ${path}: database or disk is full`;
    await assertRejects(() => store.check(), StoreError, message);
    kv.set = set;
    await assertRejects(() => store.check(), StoreError, message);
    await store.append([VIEW]);
    await store.check();
  }));

Deno.test("a check writes at most every ten seconds, however often it is asked for", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    (await openEventStore({ path }))[Symbol.dispose]();
    const kv = await Deno.openKv(path);
    using store = new KvStore(kv, { name: path, now: Date.now, file: new StoreFile(path) });
    const set = kv.set.bind(kv);
    let writes = 0;
    kv.set = (key, value) => {
      writes++;
      return set(key, value);
    };
    await Promise.all(Array.from({ length: 20 }, () => store.check()));
    await store.check();
    assertEquals(writes, 1);
  }));

Deno.test("a store with damaged pages is refused, and the message names it", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    {
      using store = await openEventStore({ path });
      await store.append(
        Array.from({ length: 1000 }, (_, i) => ({ ...VIEW, userId: `user ${i}` })),
      );
    }
    const bytes = await Deno.readFile(path);
    // The last page of 4 KiB that isn't the first: part of a table.
    crypto.getRandomValues(bytes.subarray(-4096));
    await Deno.writeFile(path, bytes);
    await assertRejects(
      () => openEventStore({ path }),
      StoreError,
      `Cannot open the store of events, ${path}: it is damaged (`,
    );
    await Deno.writeFile(path, crypto.getRandomValues(new Uint8Array(4096)));
    await assertRejects(
      () => openEventStore({ path }),
      StoreError,
      `Cannot open the store of events, ${path}: file is not a database`,
    );
  }));
