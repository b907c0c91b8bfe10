import { cacheKey, readCache, writeCache } from "../../src/events/cache.ts";
import { loadEvents, type LoadOptions, openEvents } from "../../src/events/load.ts";
import { InputError } from "../../src/base/input_error.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../assert.ts";
import { csv, row, withFiles } from "./raw_files.ts";

/** Over a mebibyte: rows of two months and three users, with everything that cleaning handles. */
const month = csv(
  ...Array.from({ length: 16_000 }, (_, index) =>
    row({
      at: `2019-1${index < 9_000 ? 0 : 1}-01 0${index % 10}:00:00 UTC`,
      type: ["view", "cart", "remove_from_cart", "purchase"][index % 4],
      product: `${index >> 2}`,
      user: `${index % 3}`,
      brand: index % 7 ? "runail" : "",
      session: index % 5 ? `session ${index >> 4}` : "",
    })),
  row({ price: "-1" }),
  "too,short",
);

function withMonth(
  run: (folder: string, load: (options?: LoadOptions) => ReturnType<typeof loadEvents>) => unknown,
): Promise<void> {
  return withFiles({ "month.csv": month }, async (folder) => {
    const cache = `${folder}/cache`;
    await run(folder, (options) => loadEvents([`${folder}/*.csv`], { cache, ...options }));
  });
}

/** The whole result of a cleaning, for comparisons; ids with all digits. */
function shown({ events, cached: _, ...rest }: Awaited<ReturnType<typeof loadEvents>>) {
  return { ...rest, types: events.dtypes.map(String), rows: events.writeCSV().toString() };
}

Deno.test("a cache hit gives the same rows, types, report and rejects as cleaning", () =>
  withMonth(async (folder, load) => {
    const fresh = await loadEvents([`${folder}/month.csv`]);
    assertEquals([fresh.rejects.length, fresh.report.rowsOut, fresh.report.sessionsDerived > 0], [
      ...[1, 16_000],
      true,
    ]);
    const first = await load();
    const second = await load();
    assertEquals([first.cached, second.cached?.startsWith(`${folder}/cache/`)], [undefined, true]);
    assertEquals(shown(first), shown(fresh));
    assertEquals(shown(second), shown(fresh));
  }));

Deno.test("other options, other content and another path miss the cache", () =>
  withMonth(async (folder, load) => {
    await load();
    const others: LoadOptions[] = [
      { month: "2019-10" },
      { users: 2 },
      { users: 2, seed: 9 },
      { maxEventsPerUser: 100_000 },
      { forgotten: new Map([["1", Date.parse("2019-10-01T05:00:00Z")]]) },
    ];
    for (const options of others) {
      const { events, cached } = await load(options);
      assertEquals(cached, undefined, JSON.stringify(options));
      const again = await load(options);
      assertEquals([again.cached !== undefined, again.events.height], [true, events.height]);
    }
    await Deno.writeTextFile(`${folder}/month.csv`, `${row({ user: "4" })}\n`, { append: true });
    assertEquals((await load()).cached, undefined);
    await Deno.rename(`${folder}/month.csv`, `${folder}/renamed.csv`);
    assertEquals((await load()).files, [`${folder}/renamed.csv`]);
  }));

Deno.test("the key changes with the code of cleaning and is stable otherwise", () =>
  withFiles({ "a.csv": "a" }, (folder) => {
    const files = [`${folder}/a.csv`];
    assertEquals(cacheKey(files, { users: 3 }), cacheKey(files, { users: 3 }));
    assertEquals(cacheKey(files, {}, "1") === cacheKey(files, {}, "2"), false);
  }));

Deno.test("damaged, truncated and missing entries are made again", () =>
  withMonth(async (_, load) => {
    const fresh = shown(await load());
    const events = (await load()).cached!;
    const facts = events.replace(/parquet$/, "json");
    const damages: [string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>][] = [
      [events, (bytes) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1] ^ 1)],
      [events, (bytes) => bytes.slice(0, -1)],
      [facts, (bytes) => bytes.with(100, bytes[100] ^ 1)],
      [facts, (bytes) => bytes.slice(0, 40)],
      [facts, () => new Uint8Array(0)],
    ];
    for (const [path, damage] of damages) {
      await Deno.writeFile(path, damage(await Deno.readFile(path)));
      const made = await load();
      assertEquals([made.cached, shown(made)], [undefined, fresh]);
      assertEquals((await load()).cached, events);
    }
    for (const path of [events, facts]) {
      await Deno.remove(path);
      assertEquals((await load()).cached, undefined);
      assertEquals((await load()).cached, events);
    }
  }));

Deno.test("beyond the folder's limit, the least recently used entries are removed", () =>
  withMonth(async (folder) => {
    await using opened = await openEvents([`${folder}/month.csv`]);
    const cache = `${folder}/cache`;
    for (const key of ["a", "b", "c"]) await writeCache(cache, key, opened);
    const { size } = await Deno.stat(`${cache}/a.parquet`);
    for (const [key, second] of [["a", 1], ["b", 2], ["c", 3]] as const) {
      await Deno.utime(`${cache}/${key}.parquet`, second, second);
    }
    await readCache(cache, "a");
    await writeCache(cache, "d", opened, { mostBytes: 2.5 * size });
    const names = [...Deno.readDirSync(cache)].map(({ name }) => name).sort();
    assertEquals(names, ["a.json", "a.parquet", "d.json", "d.parquet"]);
    await writeCache(cache, "e", opened, { mostBytes: 0 });
    assertEquals([...Deno.readDirSync(cache)].map(({ name }) => name).sort(), [
      "e.json",
      "e.parquet",
    ]);
  }));

Deno.test("small files aren't cached", () =>
  withFiles({ "a.csv": csv(row()) }, async (folder) => {
    await loadEvents([`${folder}/a.csv`], { cache: `${folder}/cache` });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.csv"]);
  }));

Deno.test("the message about a folder that can't be written names --no-cache", () =>
  withMonth(async (folder) => {
    const error = await assertRejects(
      () => loadEvents([`${folder}/month.csv`], { cache: `${folder}/month.csv/cache` }),
      InputError,
    );
    assertStringIncludes(
      error.message,
      "choose another path, or turn the cache off: --no-cache",
    );
  }));
