import { textColumn } from "../../../src/interactions/catalogue.ts";
import { Links } from "../../../src/service/catalogue/links.ts";
import { assertEquals } from "../../assert.ts";

const PICTURE = "https://shop.test/1.png";
const PAGE = "https://shop.test/1";

Deno.test("a product has the addresses that the artifact gives, without empty ones", () => {
  const links = new Links({ imageUrl: textColumn([PICTURE, ""]) });
  assertEquals([0, 1, 2].map((item) => links.of(item)), [{ imageUrl: PICTURE }, {}, {}]);
});

Deno.test("a change replaces an address, and what it omits stays", () => {
  const links = new Links({ imageUrl: textColumn([PICTURE]) });
  links.change(0, { price: 5 });
  assertEquals(links.of(0), { imageUrl: PICTURE });
  links.change(0, { url: PAGE });
  assertEquals(links.of(0), { imageUrl: PICTURE, url: PAGE });
  links.change(0, { imageUrl: "https://shop.test/2.png" });
  assertEquals(links.of(0), { imageUrl: "https://shop.test/2.png", url: PAGE });
});

Deno.test("an empty address takes one back, the artifact's as well", () => {
  const links = new Links({ imageUrl: textColumn([PICTURE]) });
  links.change(0, { imageUrl: "", url: PAGE });
  assertEquals(links.of(0), { url: PAGE });
  links.change(1, { url: "" });
  assertEquals(links.of(1), {});
});

Deno.test("without addresses in the artifact, added ones are known", () => {
  const links = new Links({});
  assertEquals(links.of(7), {});
  links.change(7, { url: PAGE });
  assertEquals(links.of(7), { url: PAGE });
});
