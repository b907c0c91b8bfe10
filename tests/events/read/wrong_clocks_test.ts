import { readEvents } from "../../../src/events/read/read.ts";
import { assertEquals } from "../../assert.ts";
import { csv, row, withFiles } from "../raw_files.ts";

const DAY = 86_400_000;

/** Events on consecutive days, starting over after a hundred. */
function daily(count: number, first = "2025-03-01"): string[] {
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.parse(first) + (index % 100) * DAY).toISOString().slice(0, 10);
    return row({ at: `${day} 12:00:00 UTC`, session: `s${index}` });
  });
}

/** The lines and reasons of the rejected rows of files; those of the files named are trusted. */
async function rejected(files: Readonly<Record<string, string[]>>, trusted: string[] = []) {
  let found: [string, number, string][] = [];
  const contents = Object.entries(files).map(([name, rows]) => [name, csv(...rows)]);
  await withFiles(Object.fromEntries(contents), async (folder) => {
    const { events, rejects } = await readEvents(
      Object.keys(files).map((name) => `${folder}/${name}`),
      { trusted: trusted.map((name) => `${folder}/${name}`) },
    );
    const rows = Object.values(files).flat().length;
    assertEquals(events.height, rows - rejects.length);
    found = rejects.map(({ file, line, reason }) => [
      file.slice(folder.length + 1),
      line,
      reason.replace(/^event_time is /, "").replace(": a wrong clock", ""),
    ]);
  });
  return found;
}

const FUTURE = "more than a day in the future";
const APART = "over 180 days apart from nearly all other events";

const at = (time: string) => row({ at: time, session: "odd" });
const soon = (days: number) =>
  at(new Date(Date.now() + days * DAY).toISOString().slice(0, 19).replace("T", " ") + " UTC");

Deno.test("events later than a day from now are rejected with their lines", async () => {
  const rows = daily(200, new Date(Date.now() - 120 * DAY).toISOString().slice(0, 10));
  assertEquals(
    await rejected({ "a.csv": rows.toSpliced(10, 0, at("2098-06-01 12:00:00 UTC"), soon(1.1)) }),
    [["a.csv", 12, FUTURE], ["a.csv", 13, FUTURE]],
  );
  assertEquals(await rejected({ "a.csv": [...rows, soon(0.9)] }), []);
});

Deno.test("few events that a gap cuts off from nearly all others are rejected", async () => {
  assertEquals(
    await rejected({
      "a.csv": [at("1970-01-01 00:00:00 UTC"), ...daily(1000)],
      "b.csv": [...daily(1000), at("2026-03-15 00:00:00 UTC")],
    }),
    [["a.csv", 2, APART], ["b.csv", 1002, APART]],
  );
  // A whole file may be apart.
  assertEquals(
    await rejected({ "a.csv": daily(1000), "b.csv": [at("2010-01-01 00:00:00 UTC")] }),
    [["b.csv", 2, APART]],
  );
});

Deno.test("events after a pause stay, and so do more than a few before a long gap", async () => {
  assertEquals(await rejected({ "a.csv": [...daily(1000), at("2025-11-20 00:00:00 UTC")] }), []);
  const old = Array.from(
    { length: 20 },
    (_, i) => row({ at: "2023-01-01 00:00:00 UTC", user: `${i}` }),
  );
  assertEquals(await rejected({ "a.csv": [...daily(1000), ...old] }), []);
  // In a small file one event is more than one of a hundred.
  assertEquals(await rejected({ "a.csv": [...daily(50), at("1970-01-01 00:00:00 UTC")] }), []);
});

Deno.test("the clock of the service's own files is right", async () => {
  const collected = [at("2019-10-01 00:00:00 UTC"), soon(0)];
  assertEquals(await rejected({ "a.csv": daily(1000), "b.csv": collected }, ["b.csv"]), []);
});
