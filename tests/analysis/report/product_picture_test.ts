import { productPicture } from "../../../src/analysis/report/product_picture.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";

const cream = { brand: "irisk", category: "hair", price: 5 };

function formOf({ text }: { text: string }): string | undefined {
  return text.match(/path d="([^"]*)"/)?.[1];
}

function scaleOf({ text }: { text: string }): number {
  return Number(text.match(/scale\(([\d.]+)\)/)?.[1]);
}

Deno.test("products of a category have a form and a colour, whatever their brand and price", () => {
  const other = productPicture({ ...cream, brand: "runail", price: 100 });
  assertEquals(formOf(productPicture(cream)), formOf(other));
  const background = (text: string) => text.match(/fill="(hsl[^"]*)"\/><g/)?.[1];
  assertEquals(background(productPicture(cream).text), background(other.text));
});

Deno.test("a higher price makes a larger picture, within limits", () => {
  const prices = [0, 5, 50, 1e9];
  const scales = prices.map((price) => scaleOf(productPicture({ ...cream, price })));
  assertEquals(scales, scales.toSorted((a, b) => a - b));
  assertEquals(scales[0], .95);
  assertEquals(scales[3], 1.25);
  assertEquals(scaleOf(productPicture({ ...cream, price: -1 })), .95);
});

Deno.test("a brand is text, and an unknown one isn't written", () => {
  const hostile = productPicture({ ...cream, brand: `"><script>` }).text;
  assertEquals(hostile.includes("<script"), false);
  assertStringIncludes(hostile, ">sc</text>");
  assert(!productPicture({ ...cream, brand: "unknown" }).text.includes("<text"));
});
