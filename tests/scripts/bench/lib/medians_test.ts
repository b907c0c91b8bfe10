import { medians } from "../../../../scripts/bench/lib/medians.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("several runs have a median for each metric", () => {
  assertEquals(medians([{ a: 1, b: 9 }, { a: 5, b: 7 }, { a: 3, b: 8 }]), { a: 3, b: 8 });
});
