import { Audience } from "../../../src/pages/figures/audience.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("a product's reach is how many users' lists have it, and at which place", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const shop = new Shop(await tinyArtifact(), { store });
  const audience = new Audience(shop);
  // ann's history gives product 500 16 points, the most; bob's gives all products 2, so it is the
  // last of four; the third user has seen it.
  assertEquals(await audience.reachOf("500"), { users: 3, lists: 2, place: 2.5 });
  await store.changeProduct("500", { inStock: false });
  await shop.refresh();
  assertEquals(await audience.reachOf("500"), { users: 3, lists: 0 });
});
