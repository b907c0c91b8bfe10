import { findNewEvents } from "../../src/retraining/new_events.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assertEquals } from "../assert.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test("files that are new or changed are found, and events that arrived since", () =>
  withFolder(async (folder) => {
    const [old, changed, added] = ["old", "changed", "added"].map((name) =>
      `${folder}/${name}.csv`
    );
    await Deno.writeTextFile(old, "a");
    await Deno.writeTextFile(changed, "a");
    let now = Date.UTC(2019, 9, 1);
    using store = await openEventStore({ path: ":memory:", now: () => now });
    const view = { userId: "ann", productId: "7", type: "view", time: now } as const;
    await store.append([view]);
    now += 1000;
    const { seen, ...first } = await findNewEvents([old, changed], { store });
    assertEquals(first, { files: [old, changed], collected: 1 });
    assertEquals(
      await findNewEvents([old, changed], { store, seen }),
      { seen, files: [], collected: 0 },
    );
    now += 1000;
    // What arrives counts, however long ago it happened.
    await store.append([{ ...view, time: now - 1e9 }]);
    await Deno.writeTextFile(changed, "ab");
    await Deno.writeTextFile(added, "a");
    const next = await findNewEvents([old, changed, added], { store, seen });
    assertEquals([next.files, next.collected], [[changed, added], 1]);
    assertEquals(next.seen.received, now);
    const { files } = await findNewEvents([old], { seen: next.seen });
    assertEquals(files, []);
  }));
