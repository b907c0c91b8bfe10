import { DatabaseSync } from "node:sqlite";
import { versionReader } from "../../../../src/service/store/entries/key_versions.ts";
import { openEventStore } from "../../../../src/service/store/open_event_store.ts";
import { assertEquals } from "../../../assert.ts";
import { withFolder } from "../../../temp_folder.ts";

const IDS = ["ann", "0", "Zoë", "名前", "😀", "a\0b", "\0", "\0\0ÿ", "x".repeat(256)];

Deno.test("versions are those that Deno KV gives, whatever the ids", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    using kv = await Deno.openKv(path);
    using database = new DatabaseSync(path, { readOnly: true });
    const readVersions = versionReader(database);
    for (const [i, id] of IDS.entries()) {
      const keys = [["user", id], ["forgotten", `${id}\0`], [id]] as const;
      assertEquals(readVersions(keys), [null, null, null]);
      await kv.set(keys[0], i);
      await kv.set(keys[2], i);
      const entries = await kv.getMany(keys);
      assertEquals(readVersions(keys), entries.map(({ versionstamp }) => versionstamp));
      assertEquals(readVersions(keys)[1], null);
    }
  }));

Deno.test("a store in a file answers as one in memory does after every kind of write", () =>
  withFolder(async (folder) => {
    const now = () => 5_000;
    using inFile = await openEventStore({ path: `${folder}/store.kv`, now });
    using other = await openEventStore({ path: `${folder}/store.kv`, now });
    using inMemory = await openEventStore({ path: ":memory:", now });
    const writes = [
      (store: typeof inFile) =>
        store.append([{ userId: "ann", productId: "1", type: "purchase", time: 1, eventId: "e" }]),
      (store: typeof inFile) => store.changeProduct("1", { price: 2 }),
      (store: typeof inFile) => store.forget("bob"),
      (store: typeof inFile) =>
        store.append([{ userId: "bob", productId: "2", type: "view", time: 2, eventId: "f" }]),
      (store: typeof inFile) => store.changeProduct("2", { price: 3 }),
      (store: typeof inFile) => store.forget("ann"),
    ];
    for (const write of writes) {
      // Another process writes to the file.
      await write(other);
      await write(inMemory);
      for (const user of ["ann", "bob", "eve"]) {
        const { version: _, ...expected } = await inMemory.userState(user);
        const { version: first, ...state } = await inFile.userState(user);
        const { version: again } = await inFile.userState(user);
        assertEquals(state, expected);
        assertEquals(first, again);
      }
    }
  }));
