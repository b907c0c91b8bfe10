/** What is deleted can't be read from the store's files either. */
import { sleep } from "../../../src/base/time.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { assertEquals } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

/**
 * Not an id, which the store keeps to know whom to forget, but something only their events have.
 */
const SECRET = "a-very-private-session";

function eventsOf(userId: string, session: string) {
  return Array.from({ length: 300 }, (_, i) => ({
    ...{ userId, productId: String(i), type: "view" as const, session },
    ...{ time: 1000 + i, eventId: `${session} ${i}` },
  }));
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

/** Each step of a purge waits for the disk, which other programs may keep busy. */
async function waitUntilPurged(path: string): Promise<void> {
  for (let i = 0; i < 4800 && await copies(path) > 0; i++) await sleep(25);
}

Deno.test("a forgotten user's events leave the file, and the store goes on working", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    using store = await openEventStore({ path, purgeDelayMs: 50 });
    await store.append(eventsOf("ann", SECRET));
    await store.append(eventsOf("bob", "s"));
    assertEquals(await copies(path) > 0, true);
    for (let round = 0; round < 2; round++) {
      await store.forget("ann");
      await waitUntilPurged(path);
      assertEquals(await copies(path), 0);
      await store.append(eventsOf("ann", SECRET));
      await store.check();
    }
    const events = await Array.fromAsync(store.events());
    assertEquals(events.filter(({ userId }) => userId === "bob").length, 300);
  }));

Deno.test("a purge that a stopped process didn't get to is made up for", () =>
  withFolder(async (folder) => {
    const path = `${folder}/store.kv`;
    {
      using store = await openEventStore({ path });
      await store.append(eventsOf("ann", SECRET));
      await store.forget("ann");
    }
    assertEquals(await copies(path) > 0, true);
    {
      using _ = await openEventStore({ path, purgeDelayMs: 10 });
      await waitUntilPurged(path);
    }
    assertEquals(await copies(path), 0);
  }));
