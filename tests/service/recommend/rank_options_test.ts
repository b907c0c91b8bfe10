import { Products } from "../../../src/service/catalogue/products.ts";
import {
  candidatesOf,
  type ListLimits,
  rankOptions,
} from "../../../src/service/recommend/rank_options.ts";
import { assertEquals } from "../../assert.ts";
import { tinyInteractions } from "../../artifact/tiny_shop.ts";

const products = new Products(tinyInteractions());
products.apply({ sequence: 1, products: new Map([["500", { inStock: false }]]) });

/** The item numbers that a list leaves out; 100 is item 0, 500 is item 4. */
function hiddenBy(limits: Omit<ListLimits, "depth"> = {}): number[] {
  return Array.from(rankOptions(products, { depth: 3, ...limits }).hidden!);
}

Deno.test("a list leaves out what is out of stock, filtered out, disliked or hidden", () => {
  assertEquals(hiddenBy(), [4]);
  assertEquals(hiddenBy({ brand: ["runail"] }), [1, 3, 4]);
  assertEquals(hiddenBy({ allowed: Uint8Array.of(1, 1, 0, 1, 1) }), [2, 4]);
  assertEquals(hiddenBy({ disliked: ["200"], hidden: ["300"], not: ["100"] }), [0, 1, 2, 4]);
});

Deno.test("purchases from before the history are left out, unless `exclude` is none", () => {
  const purchased = [{ productId: "200" }];
  assertEquals(hiddenBy({ purchased }), [1, 4]);
  assertEquals(hiddenBy({ purchased, exclude: "purchased" }), [1, 4]);
  assertEquals(hiddenBy({ purchased, exclude: "none" }), [4]);
});

Deno.test("length, own products and the weight of a purchase are passed on", () => {
  const limits = { depth: 3, exclude: "purchased", purchaseWeight: 3.3 } as const;
  const { hidden: _, ...options } = rankOptions(products, limits);
  assertEquals(options, { k: 3, exclude: "purchased", purchaseWeight: 3.3 });
});

Deno.test("a list is chosen from ten times its places, at least a hundred", () => {
  assertEquals([1, 10, 11, 50].map(candidatesOf), [100, 100, 110, 500]);
});
