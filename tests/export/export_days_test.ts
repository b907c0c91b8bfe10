import { InputError } from "../../src/base/input_error.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../../src/base/time.ts";
import { exportDays } from "../../src/export/export_days.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { memoryDestination } from "./memory_destination.ts";

const FIRST_DAY = Date.UTC(2026, 10, 26);

/** A store in memory with a clock that tests set. */
async function withStore(
  run: (store: EventStore, clock: { now: number }) => Promise<void>,
): Promise<void> {
  const clock = { now: FIRST_DAY + 10 * MS_PER_HOUR };
  using store = await openEventStore({ path: ":memory:", now: () => clock.now });
  await run(store, clock);
}

function append(store: EventStore, userId: string, productId = "7") {
  return store.append([{ userId, productId, type: "view", time: store.now() }]);
}

/** The users of each file, in the order of its lines, by its name. */
async function usersByFile(files: ReadonlyMap<string, Uint8Array>) {
  const users: Record<string, string[]> = {};
  for (const [key, bytes] of [...files].sort(([a], [b]) => a < b ? -1 : 1)) {
    if (!key.endsWith(".gz")) continue;
    const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream("gzip"));
    const lines = (await new Response(stream).text()).trimEnd().split("\n");
    users[key] = lines.map((line) => JSON.parse(line).user_id);
  }
  return users;
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

Deno.test("each day is exported once, an hour after its end", () =>
  withStore(async (store, clock) => {
    const destination = memoryDestination();
    await append(store, "ann");
    clock.now = FIRST_DAY + MS_PER_DAY + MS_PER_HOUR / 2;
    await append(store, "bob");
    assertEquals((await exportDays(store, destination)).events, 0);
    clock.now = FIRST_DAY + MS_PER_DAY + MS_PER_HOUR;
    const first = await exportDays(store, destination);
    assertEquals(first, { days: 1, events: 1, parts: 1, through: "2026-11-26" });
    assertEquals(await usersByFile(destination.files), {
      "received=2026-11-26/part-00000.ndjson.gz": ["ann"],
    });
    assertEquals(
      await exportDays(store, destination),
      { days: 0, events: 0, parts: 0, through: "2026-11-26" },
    );
    clock.now += MS_PER_DAY;
    await exportDays(store, destination);
    assertEquals(await usersByFile(destination.files), {
      "received=2026-11-26/part-00000.ndjson.gz": ["ann"],
      "received=2026-11-27/part-00000.ndjson.gz": ["bob"],
    });
    assertEquals(textOf(destination.files.get("_exported.json")), '{"through":"2026-11-27"}\n');
  }));

Deno.test("nothing is marked as exported before a day has ended", () =>
  withStore(async (store) => {
    const destination = memoryDestination();
    await append(store, "ann");
    const { events, through } = await exportDays(store, destination);
    assertEquals([events, through], [0, "2026-11-25"]);
    assertEquals(await usersByFile(destination.files), {});
  }));

Deno.test("a run that was killed is repeated, and leaves none of its files behind", () =>
  withStore(async (store, clock) => {
    for (const user of ["ann", "bob", "cat"]) await append(store, user);
    clock.now += 2 * MS_PER_DAY;
    const killed = memoryDestination();
    const failing = {
      ...killed,
      write(key: string, bytes: Uint8Array<ArrayBuffer>) {
        if (key === "_exported.json") throw new Error("killed");
        return killed.write(key, bytes);
      },
    };
    await assertRejects(() => exportDays(store, failing, { mostWaiting: 10 }), Error, "killed");
    assertEquals(killed.files.size, 3);
    await store.forget("bob");
    await exportDays(store, killed);
    assertEquals(await usersByFile(killed.files), {
      "received=2026-11-26/part-00000.ndjson.gz": ["ann", "cat"],
    });
  }));

Deno.test("days are exported again from a day on, without the users forgotten since", () =>
  withStore(async (store, clock) => {
    const destination = memoryDestination();
    for (const user of ["ann", "bob"]) {
      await append(store, user);
      clock.now += MS_PER_DAY;
    }
    await append(store, "ann", "8");
    clock.now += 2 * MS_PER_DAY;
    await exportDays(store, destination);
    await store.forget("bob");
    const again = await exportDays(store, destination, { from: "2026-11-27" });
    assertEquals([again.days, again.events], [3, 1]);
    assertEquals(await usersByFile(destination.files), {
      "received=2026-11-26/part-00000.ndjson.gz": ["ann"],
      "received=2026-11-28/part-00000.ndjson.gz": ["ann"],
    });
  }));

Deno.test("the largest day is written as a part when too much waits", () =>
  withStore(async (store, clock) => {
    for (const [user, days] of [["ann", 1], ["bob", 1], ["cat", 0], ["dan", 2]] as const) {
      for (let i = 0; i < 3 - days; i++) await append(store, user, String(i));
      clock.now += 12 * MS_PER_HOUR;
    }
    clock.now += 2 * MS_PER_DAY;
    const line = 220;
    const destination = memoryDestination();
    const { parts } = await exportDays(store, destination, { mostWaiting: 3 * line });
    const files = await usersByFile(destination.files);
    assertEquals(parts, Object.keys(files).length);
    assertEquals(Object.values(files).flat().sort(), [
      ...["ann", "ann", "bob", "bob", "cat", "cat", "cat", "dan"],
    ]);
    const again = memoryDestination();
    await exportDays(store, again, { mostWaiting: 3 * line });
    assertEquals(again.files, destination.files);
  }));

Deno.test("a day that hasn't ended, and one that would leave days out, are refused", () =>
  withStore(async (store, clock) => {
    const destination = memoryDestination();
    await assertRejects(
      () => exportDays(store, destination, { from: "2026-11-26" }),
      InputError,
      "Cannot export from 2026-11-26 on: it must be a day that has been over for an hour (UTC), " +
        "2026-11-25 or earlier",
    );
    clock.now += MS_PER_DAY;
    await exportDays(store, destination);
    clock.now += 3 * MS_PER_DAY;
    await assertRejects(
      () => exportDays(store, destination, { from: "2026-11-28" }),
      InputError,
      "days from 2026-11-27 on aren't exported yet",
    );
  }));

Deno.test("days of which the store has dropped events aren't exported again", () =>
  withStore(async (store, clock) => {
    const destination = memoryDestination();
    await append(store, "ann");
    clock.now += MS_PER_DAY;
    await append(store, "bob");
    clock.now += 9 * MS_PER_DAY;
    await exportDays(store, destination, { retentionDays: 10 });
    // It is 2026-12-06, 10:00, so what is older than 2026-11-26, 10:00, is gone.
    await assertRejects(
      () => exportDays(store, destination, { from: "2026-11-26", retentionDays: 10 }),
      InputError,
      "Cannot export from 2026-11-26 on: the store has dropped events from before " +
        "2026-11-26T10:00:00.000Z (RETENTION_DAYS), and their files would be lost; export from " +
        "2026-11-27 on",
    );
    const again = await exportDays(store, destination, { from: "2026-11-27", retentionDays: 10 });
    assertEquals([again.days, again.events], [9, 1]);
    assertEquals(await usersByFile(destination.files), {
      "received=2026-11-26/part-00000.ndjson.gz": ["ann"],
      "received=2026-11-27/part-00000.ndjson.gz": ["bob"],
    });
  }));

for (const through of ["soon", "2026-02-30", "2026-99-99", "2026-11-27"]) {
  Deno.test(`a mark that says ${through}, no day that was, is refused`, () =>
    withStore(async (store) => {
      const destination = memoryDestination();
      const mark = `{"through":"${through}"}`;
      destination.files.set("_exported.json", new TextEncoder().encode(mark));
      await assertRejects(
        () => exportDays(store, destination),
        InputError,
        'memory/_exported.json must be {"through":"2026-11-28"}, the last day exported, it is ' +
          JSON.stringify(mark),
      );
    }));
}
