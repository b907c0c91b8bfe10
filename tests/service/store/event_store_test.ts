import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import type { NewEvent } from "../../../src/service/store/entries/stored_event.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";
import { type StoreKind, testContract } from "./contract.ts";
import { testExposures } from "./exposures_contract.ts";

const KIND: StoreKind = {
  name: "Deno KV",
  withPlace: (run) =>
    withFolder((folder) =>
      run((options) => openEventStore({ path: `${folder}/made/store.kv`, ...options }))
    ),
};
testContract(KIND);
testExposures(KIND);

function view(userId: string, productId: string, time = 1000): NewEvent {
  return { userId, productId, type: "view", time };
}

Deno.test("a store with another layout is refused and not changed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    const kv = await Deno.openKv(path);
    await kv.set(["schema"], 99);
    kv.close();
    await assertRejects(
      () => openEventStore({ path }),
      StoreError,
      "its layout is 99, not 1",
    );
  }));

Deno.test("a store that can't be opened or fails later throws StoreError", async () => {
  await assertRejects(
    () => openEventStore({ path: "/dev/null/store.kv" }),
    StoreError,
    "Cannot open the store of events, /dev/null/store.kv: ",
  );
  const store = await openEventStore({ path: ":memory:" });
  store[Symbol.dispose]();
  for (
    const run of [
      () => store.append([view("ann", "1")]),
      () => store.userState("ann"),
      () => store.check(),
    ]
  ) {
    await assertRejects(run, StoreError, "Cannot ");
  }
});

Deno.test("purchases and counts of a store that an earlier program wrote are indexed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/events`;
    {
      using store = await openEventStore({ path });
      await store.append([{ ...view("ann", "bought", 1), type: "purchase" }]);
      await store.append(Array.from({ length: 200 }, (_, i) => view("ann", `${i}`, 2 + i)));
    }
    {
      // As if neither had been written: earlier programs know neither key.
      using kv = await Deno.openKv(path);
      await kv.delete(["indexed"]);
      await kv.delete(["purchase", "ann", "bought"]);
      for await (const { key } of kv.list({ prefix: ["recent"] })) await kv.delete(key);
    }
    using store = await openEventStore({ path });
    const { purchased } = await store.userState("ann");
    assertEquals(purchased.map(({ productId }) => productId), ["bought"]);
    assertEquals((await store.counts({ from: 0, to: 1 })).length, 201);
  }));
