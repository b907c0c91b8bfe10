import { Cache } from "../../src/base/cache.ts";
import { sleep } from "../../src/base/time.ts";
import { assertEquals } from "../assert.ts";

function cachedKeys(cache: Cache<number>): string[] {
  return ["a", "b", "c", "d", "e"].filter((key) => cache.get(key) !== undefined);
}

Deno.test("the least recently used entry is evicted first", () => {
  const cache = new Cache<number>(3);
  for (const key of ["a", "b", "c"]) cache.set(key, 1);
  cache.get("a");
  cache.set("d", 1);
  cache.set("e", 1);
  assertEquals(cachedKeys(cache), ["a", "d", "e"]);
});

Deno.test("entries take up their sizes, and a replaced one gives its size back", () => {
  const cache = new Cache<number>(10);
  cache.set("a", 1, { size: 4 });
  cache.set("b", 2, { size: 6 });
  cache.set("a", 3, { size: 1 });
  assertEquals([cache.get("a"), cache.get("b")], [3, 2]);
  cache.set("c", 4, { size: 3 });
  assertEquals(cachedKeys(cache), ["a", "b", "c"]);
});

Deno.test("a value larger than the capacity removes the old one and isn't cached", () => {
  const cache = new Cache<number>(10);
  cache.set("a", 1, { size: 5 });
  cache.set("b", 2, { size: 11 });
  assertEquals(cachedKeys(cache), ["a"]);
  cache.set("a", 3, { size: 11 });
  assertEquals(cachedKeys(cache), []);
});

Deno.test("a value is returned only for the version that it was cached for", () => {
  const cache = new Cache<string, number>(2);
  cache.set("ann", "first", { version: 1 });
  assertEquals([cache.get("ann", 1), cache.get("ann", 2), cache.get("bob", 1)], [
    "first",
    undefined,
    undefined,
  ]);
  cache.set("ann", "second", { version: 2 });
  assertEquals([cache.get("ann", 1), cache.get("ann", 2)], [undefined, "second"]);
});

Deno.test("an entry expires after its maximum age; one without an age stays", async () => {
  const cache = new Cache<string>(3);
  cache.set("short", "", { maxAgeMs: 10 });
  cache.set("long", "", { maxAgeMs: 60_000 });
  cache.set("forever", "");
  await sleep(20);
  assertEquals(["short", "long", "forever"].map((key) => cache.get(key)), [undefined, "", ""]);
});

Deno.test("a value with a maximum age of 0 removes the old one and isn't cached", () => {
  const cache = new Cache<string>(3);
  cache.set("a", "old");
  cache.set("a", "new", { maxAgeMs: 0 });
  assertEquals(cache.get("a"), undefined);
});
