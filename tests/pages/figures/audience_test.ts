import { Audience } from "../../../src/pages/figures/audience.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("a product's reach is the share of users whose list has it, and its place there", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const shop = new Shop(await tinyArtifact(), { store });
  const audience = new Audience(shop);
  // Three users did something. ann is shown 500, 400, 300; bob 200 and others; the third has seen
  // 500 and no model knows more, so popular products follow: 200 comes first for two of them.
  assertEquals(await audience.reachOf("500"), { users: 3, lists: 2, place: await placeOf(shop) });
  await store.changeProduct("500", { inStock: false });
  await shop.refresh();
  assertEquals(await audience.reachOf("500"), { users: 3, lists: 0 });
});

/** The mean place of product 500 in the lists of ann, where it is first, and of bob. */
async function placeOf(shop: Shop): Promise<number> {
  const history = shop.historyOf("bob", await shop.stateOf("bob"));
  const ids = shop.recommender.recommend(history).items.map(({ productId }) => productId);
  return (1 + ids.indexOf("500") + 1) / 2;
}
