import { nearestName } from "../../src/base/nearest_name.ts";
import { assertEquals } from "../assert.ts";

const NAMES = ["k", "model", "exclude"];

Deno.test("the nearest name is the one with the fewest edits, whatever the case", () => {
  assertEquals(nearestName("modle", NAMES), "model");
  assertEquals(nearestName("EXCLUDES", NAMES), "exclude");
  assertEquals(nearestName("svd", ["popularity", "svd"]), "svd");
  assertEquals(nearestName("sdv", ["popularity", "svd"]), "svd");
});

Deno.test("among equally near names, the first is returned", () => {
  assertEquals(nearestName("ab", ["ac", "ad"]), "ac");
});

Deno.test("a name too far from all has no nearest name", () => {
  assertEquals(nearestName("sort", NAMES), undefined);
  assertEquals(nearestName("limit", NAMES), undefined);
  assertEquals(nearestName("k", []), undefined);
  assertEquals(nearestName("foo", ["k", "not"]), undefined);
  assertEquals(nearestName("size", ["similar", "price"]), undefined);
  assertEquals(nearestName("x", NAMES), undefined);
  assertEquals(nearestName("", NAMES), undefined);
});

Deno.test("a longer name may have more edits: one for each three letters", () => {
  assertEquals(nearestName("calbratoin", ["calibration"]), "calibration");
  assertEquals(nearestName("modelname", ["model"]), undefined);
  assertEquals(nearestName("brandd", ["band"]), "band");
});

Deno.test("very long texts are compared quickly", () => {
  assertEquals(nearestName("x".repeat(100_000), NAMES), undefined);
});
