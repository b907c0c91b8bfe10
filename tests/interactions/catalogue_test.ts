import {
  type Catalogue,
  categoryOf,
  textAt,
  textColumn,
  UNKNOWN,
} from "../../src/interactions/catalogue.ts";
import { assertEquals } from "../assert.ts";

Deno.test("texts are numbered in order of first occurrence", () => {
  const column = textColumn(["b", "", "a", "b", "toString", ""]);
  assertEquals(column.values, ["b", "", "a", "toString"]);
  assertEquals(column.codes, Uint32Array.of(0, 1, 2, 0, 3, 1));
});

Deno.test("every item gets its text back", () => {
  const texts = Array.from({ length: 1000 }, (_, item) => `brand ${item % 37} ü 🛍`);
  const column = textColumn(texts);
  assertEquals(texts.map((_, item) => textAt(column, item)), texts);
  assertEquals(column.values.length, 37);
});

Deno.test("no items give an empty column", () => {
  assertEquals(textColumn([]), { codes: new Uint32Array(0), values: [] });
});

Deno.test("a product without a category path shows its category's number", () => {
  const catalogue: Catalogue = {
    categoryCode: textColumn(["appliances.kitchen", UNKNOWN]),
    categoryId: textColumn(["1487580005092295511", "1487580011970953351"]),
    brand: textColumn([UNKNOWN, UNKNOWN]),
    price: Float32Array.of(1, 2),
  };
  assertEquals(categoryOf(catalogue, 0), "appliances.kitchen");
  assertEquals(categoryOf(catalogue, 1), "1487580011970953351");
});
