import { Recent } from "../../src/base/recent.ts";
import { assertEquals } from "../assert.ts";

const NAMES = ["a", "b", "c", "d", "e"];

function held(recent: Recent<number>): string[] {
  return NAMES.filter((name) => recent.get(name) !== undefined);
}

Deno.test("the oldest goes, unless it was used since it was last looked at", () => {
  const recent = new Recent<number>(3);
  for (const name of ["a", "b", "c"]) recent.set(name, 1, 1);
  recent.get("a");
  // a was used and goes to the end, b goes.
  recent.set("d", 1, 1);
  // c goes: the first that wasn't used.
  recent.set("e", 1, 1);
  assertEquals(held(recent), ["a", "d", "e"]);
  // All were used by now: each is sent back once, then the first of them goes.
  recent.set("b", 1, 1);
  assertEquals(held(recent).length, 3);
});

Deno.test("sizes are heeded, also of what takes the place of something else", () => {
  const recent = new Recent<number>(10);
  recent.set("a", 1, 4);
  recent.set("b", 2, 6);
  recent.set("a", 3, 1);
  assertEquals([recent.get("a"), recent.get("b")], [3, 2]);
  recent.set("c", 4, 3);
  assertEquals(held(recent), ["a", "b", "c"]);
  recent.set("d", 5, 11);
  assertEquals(held(recent), ["a", "b", "c"]);
  recent.set("a", 6, 11);
  assertEquals(held(recent), ["b", "c"]);
});
