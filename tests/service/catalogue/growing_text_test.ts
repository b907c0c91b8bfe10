import { textAt, textColumn } from "../../../src/interactions/catalogue.ts";
import { GrowingText } from "../../../src/service/catalogue/growing_text.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("a column grows and changes, and leaves what it was made of alone", () => {
  const brands = textColumn(["runail", "irisk"]);
  const growing = new GrowingText(brands, "unknown");
  growing.grow(4);
  growing.set(3, "irisk");
  growing.set(0, "new");
  const texts = Array.from({ length: 4 }, (_, item) => textAt(growing.column, item));
  assertEquals(texts, ["new", "irisk", "unknown", "irisk"]);
  growing.grow(4);
  assertEquals(textAt(growing.column, 0), "new");
  assertEquals(brands, textColumn(["runail", "irisk"]));
});
