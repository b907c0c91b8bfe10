import { shopAdvice, type ShopFigures } from "../../../src/analysis/findings/shop_advice.ts";
import { assert, assertEquals } from "../../assert.ts";

const band = (from: number, share: number) => ({
  ...{ from, to: from + 1 },
  conversion: { share, low: share - .01, high: share + .01 },
});

const pair = { labelA: "a", labelB: "b", sessions: 7, lift: 78, low: 31 };

const figures: ShopFigures = {
  funnels: [{
    unit: "session",
    units: 1000,
    viewed: 1000,
    carted: 50,
    purchased: 30,
    viewedCarted: 50,
    viewedPurchased: 30,
    viewedCartedPurchased: 30,
  }],
  revenue: 3000,
  bands: [band(1, .05), band(9, .02)],
  bought: [pair],
  viewed: [],
  sessions: { users: 100, bins: [{ from: 1, users: 60, share: .6 }] },
  repeats: { buyers: { all: 40, repeated: 4, share: .1 } },
  sales: { top10: .6, reached: .5 },
};

Deno.test("the shop is told what to fix, what to sort by, what to show beside the cart", () => {
  assertEquals(shopAdvice(figures), [
    "Fix the funnel before the cart first: 95% of the sessions that view put nothing into the " +
    "cart. One percentage point fewer means 10 more sessions that fill a cart, worth 600 in " +
    "revenue (20%). A point after the cart is worth 50.",
    "Where lists must be sorted, put prices of 1.00–2.00 first: 5% of their viewers buy, against " +
    "2% for 9.00–10.00.",
    "Beside a in the cart, show b: they are bought together in 7 sessions, at least 31 times as " +
    "many as by chance.",
    "Show popular products to newcomers: 60% of users come once; the most popular tenth has " +
    "60% of " +
    "purchases. Show the 40% who return a list of their own.",
    "Write to buyers, since 10% of 40 buy again in another session.",
  ]);
});

Deno.test("without purchases, the advice is another one, of three to five sentences too", () => {
  const [session] = figures.funnels;
  const advice = shopAdvice({
    ...figures,
    funnels: [{ ...session, purchased: 0, viewedPurchased: 0, viewedCartedPurchased: 0 }],
    bands: [band(1, 0), band(2, 0)],
    bought: [],
    repeats: { buyers: { all: 0, repeated: 0, share: NaN } },
    sales: { top10: NaN, reached: 0 },
  });
  assertEquals(advice, [
    "Record purchases, or export them too: without them, no leak has a price.",
    "Don't sort lists by price: no price band converts better than another beyond chance.",
    "Beside the cart, show each user's own list: no two products go together beyond chance.",
    "Show popular products to newcomers: 60% of users come once. Show the 40% who return a " +
    "list of " +
    "their own.",
  ]);
  const viewed = shopAdvice({ ...figures, bought: [], viewed: [pair] });
  assert(viewed[2].startsWith("Beside a, show b: no two products are bought together"), viewed[2]);
});
