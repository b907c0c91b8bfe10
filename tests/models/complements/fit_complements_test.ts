/** What goes together in a shop whose buyers are known. */
import { assert, assertEquals } from "../../assert.ts";
import { textColumn } from "../../../src/interactions/catalogue.ts";
import { IdMap } from "../../../src/interactions/id_map.ts";
import { groupByUser, type ShopInteractions } from "../../../src/interactions/interactions.ts";
import { topK } from "../../../src/linalg/top_k.ts";
import {
  FEWEST_BASKETS,
  fitComplements,
  type FittedComplements,
} from "../../../src/models/complements/fit_complements.ts";

/**
 * Phones 0 to 2 and cases 3 to 5; everyone looks at all phones, and buys one and its case. 6 is a
 * charger that each fourth buys as well; 7 is a phone that nobody bought.
 */
function phoneShop(buyers: number): ShopInteractions {
  const events: [user: number, item: number, weight: number][] = [];
  for (let user = 0; user < buyers; user++) {
    const phone = user % 3;
    for (const item of [0, 1, 2, 7]) events.push([user, item, 1]);
    events.push([user, phone, 4], [user, phone + 3, 4]);
    if (user % 4 === 0) events.push([user, 6, 2]);
  }
  const category = ["phone", "phone", "phone", "case", "case", "case", "charger", "phone"];
  const catalogue = {
    categoryId: textColumn(category.map(() => "unknown")),
    categoryCode: textColumn(category),
    brand: textColumn(category.map(() => "unknown")),
    price: new Float32Array(8),
  };
  const interactions = groupByUser({
    userIds: IdMap.from(Array.from({ length: buyers }, (_, user) => `u${user}`)),
    itemIds: IdMap.from(category.map((_, item) => `p${item}`)),
    users: Uint32Array.from(events, ([user]) => user),
    items: Uint32Array.from(events, ([, item]) => item),
    weights: Float32Array.from(events, ([, , weight]) => weight),
    times: Uint32Array.from(events, (_, i) => 1000 + i),
    catalogue,
  });
  return { ...interactions, catalogue };
}

function listOf(fitted: FittedComplements, items: readonly number[]): number[] {
  assert("table" in fitted);
  const { table } = fitted;
  const scores = new Float32Array(table.itemCount);
  table.score(items.map((item) => ({ item, category: table.categoryOf(item) })), scores);
  return [...topK(scores, 8).indices];
}

const FITTED = fitComplements(phoneShop(600));

Deno.test("a phone brings its own case first, then the charger, and no other phone", () => {
  assertEquals(listOf(FITTED, [0]).slice(0, 2), [3, 6]);
  for (const phone of [0, 1, 2]) {
    assertEquals(listOf(FITTED, [phone]).filter((item) => item < 3), []);
  }
});

Deno.test("a phone that nobody bought brings what goes with phones", () => {
  assertEquals(listOf(FITTED, [7]).toSorted(), [3, 4, 5, 6]);
});

Deno.test("the figures count baskets, products, pairs and alternatives", () => {
  assert("figures" in FITTED);
  const { baskets, omitted, products, pairs } = FITTED.figures;
  // Each phone with its case and the charger, each case too, the charger with all six.
  assertEquals({ baskets, omitted, products, pairs }, {
    baskets: 600,
    omitted: 0,
    products: 7,
    pairs: 3 * 2 + 3 * 2 + 6,
  });
  assert(FITTED.figures.alternatives >= 1);
});

Deno.test("a shop with too few baskets gets no table, and hears why", () => {
  assert("table" in fitComplements(phoneShop(FEWEST_BASKETS)));
  assertEquals(fitComplements(phoneShop(FEWEST_BASKETS - 1)), {
    absent: "the events have 199 baskets of two products or more, at least 200 are needed",
  });
});

Deno.test("other weights of events say the same", () => {
  const shop = phoneShop(600);
  const weights = shop.weights.map((weight) => weight === 4 ? 9 : weight === 2 ? 3 : 0.5);
  const fitted = fitComplements({ ...shop, weights }, {
    eventWeights: { view: 0.5, cart: 3, purchase: 9 },
  });
  assertEquals(listOf(fitted, [0]), listOf(FITTED, [0]));
});
