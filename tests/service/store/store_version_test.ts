import { setImmediate } from "node:timers";
import { sleep } from "../../../src/base/time.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { StoreVersion } from "../../../src/service/store/store_version.ts";
import { assert, assertEquals } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

const view = { userId: "ann", productId: "1", type: "view", time: 1 } as const;

Deno.test("every kind of write changes the version, and reading doesn't", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const version = store.version();
  await store.userState("ann");
  await store.shownTo("ann");
  assertEquals(store.version(), version);
  const seen = new Set([version]);
  for (
    const write of [
      () => store.append([view]),
      () => store.changeProduct("1", { price: 2 }),
      () => store.recordShown("ann", ["1"]),
      () => store.forget("ann"),
    ]
  ) {
    await write();
    seen.add(store.version());
  }
  assertEquals(seen.size, 5);
});

Deno.test("own writes change the version immediately, others' at the next check", async () => {
  let ofFile = 1, asked = 0;
  const version = new StoreVersion({
    version: () => (asked++, ofFile),
    [Symbol.dispose]() {},
  });
  const first = version.current();
  ofFile = 2;
  const acknowledged = version.wrote();
  assert(version.current() !== first);
  assertEquals(asked, 2);
  ofFile = 3;
  await sleep(2);
  const third = version.current();
  assertEquals([asked, version.current() === third], [3, true]);
  await acknowledged;
});

Deno.test("a write to a file changes the version in every process by the time it resolves", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    using writer = await openEventStore({ path });
    using reader = await openEventStore({ path });
    for (let write = 0; write < 100; write++) {
      const before = reader.version();
      let isWritten = false;
      const writing = writer.append([view]).then(() => isWritten = true);
      // Checks continually, so that some checks are from just before the write.
      while (!isWritten) {
        reader.version();
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert(reader.version() !== before, `write ${write}`);
      await writing;
    }
  }));

Deno.test("a closed store has no version", () =>
  withFolder(async (folder) => {
    const store = await openEventStore({ path: `${folder}/store.kv` });
    assert(store.version() !== undefined);
    store[Symbol.dispose]();
    await sleep(2);
    assertEquals(store.version(), undefined);
  }));
