import { nearestName } from "../../src/base/nearest_name.ts";
import { assertEquals } from "../assert.ts";

const NAMES = ["k", "model", "exclude"];

Deno.test("the nearest name is the one with the fewest edits, whatever the case", () => {
  assertEquals(nearestName("modle", NAMES), "model");
  assertEquals(nearestName("EXCLUDES", NAMES), "exclude");
  assertEquals(nearestName("svd", ["popularity", "svd"]), "svd");
  assertEquals(nearestName("sdv", ["popularity", "svd"]), "svd");
});

Deno.test("of names equally near it is the first", () => {
  assertEquals(nearestName("ab", ["ac", "ad"]), "ac");
});

Deno.test("a name that shares too little with all is near to none", () => {
  assertEquals(nearestName("sort", NAMES), undefined);
  assertEquals(nearestName("limit", NAMES), undefined);
  assertEquals(nearestName("k", []), undefined);
});

Deno.test("texts as long as an address can be are compared at once", () => {
  assertEquals(nearestName("x".repeat(100_000), NAMES), undefined);
});
