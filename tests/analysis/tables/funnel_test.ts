import { funnel, funnels, funnelsOverTime } from "../../../src/analysis/tables/funnel.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../../events/cleaned_events.ts";

/**
 * Session a (user 1): views 1 and 2, adds 1 to the cart, removes it, adds it again, buys it.
 * Session b (user 1): buys 3 without a view.
 * Session c (user 2): views 1 just before midnight and adds it to the cart just after, in November.
 * Session d (user 3): adds 2 to the cart without a view, and removes it.
 * Session e (user 4): views 3.
 */
const shop = cleanedEvents([
  { at: "2019-10-05 10:00:00", type: "view", user: 1, session: "a", product: 1 },
  { at: "2019-10-05 10:01:00", type: "view", user: 1, session: "a", product: 2 },
  { at: "2019-10-05 10:02:00", type: "cart", user: 1, session: "a", product: 1 },
  { at: "2019-10-05 10:03:00", type: "remove_from_cart", user: 1, session: "a", product: 1 },
  { at: "2019-10-05 10:04:00", type: "cart", user: 1, session: "a", product: 1 },
  { at: "2019-10-05 10:05:00", type: "purchase", user: 1, session: "a", product: 1 },
  { at: "2019-10-20 09:00:00", type: "purchase", user: 1, session: "b", product: 3 },
  { at: "2019-10-31 23:59:50", type: "view", user: 2, session: "c", product: 1 },
  { at: "2019-11-01 00:00:10", type: "cart", user: 2, session: "c", product: 1 },
  { at: "2019-11-02 08:00:00", type: "cart", user: 3, session: "d", product: 2 },
  { at: "2019-11-02 08:01:00", type: "remove_from_cart", user: 3, session: "d", product: 2 },
  { at: "2019-11-03 08:00:00", type: "view", user: 4, session: "e", product: 3 },
]);

Deno.test("sessions are counted by the types of their events", async () => {
  assertEquals(await funnel(shop, "session"), {
    units: 5,
    viewed: 3, // a c e
    carted: 3, // a c d
    removed: 2, // a d
    purchased: 2, // a b
    viewedCarted: 2, // a c
    viewedPurchased: 1, // a
    viewedCartedPurchased: 1, // a
    viewToCart: 2 / 3,
    cartToPurchase: 1 / 2,
    conversion: 2 / 5,
    removal: 2 / 3,
    abandonment: 2 / 3, // c d
  });
});

Deno.test("a user's sessions count together", async () => {
  assertEquals(await funnel(shop, "user"), {
    units: 4,
    viewed: 3, // 1 2 4
    carted: 3, // 1 2 3
    removed: 2, // 1 3
    purchased: 1,
    viewedCarted: 2,
    viewedPurchased: 1,
    viewedCartedPurchased: 1,
    viewToCart: 2 / 3,
    cartToPurchase: 1 / 2,
    conversion: 1 / 4,
    removal: 2 / 3,
    abandonment: 2 / 3,
  });
});

Deno.test("by pair, a purchase without a view is a purchase but not in the stages", async () => {
  assertEquals(await funnel(shop, "pair"), {
    units: 6, // 1-1 1-2 1-3 2-1 3-2 4-3
    viewed: 4, // 1-1 1-2 2-1 4-3
    carted: 3, // 1-1 2-1 3-2
    removed: 2, // 1-1 3-2
    purchased: 2, // 1-1 1-3
    viewedCarted: 2,
    viewedPurchased: 1,
    viewedCartedPurchased: 1,
    viewToCart: 2 / 4,
    cartToPurchase: 1 / 2,
    conversion: 2 / 6,
    removal: 2 / 3,
    abandonment: 2 / 3,
  });
});

Deno.test("a session across two months counts entirely in the first", async () => {
  const { periods: months } = await funnelsOverTime(shop, "session");
  assertEquals(months.map(({ period }) => period), ["2019-10", "2019-11"]);
  assertEquals(months.map(({ units }) => units), [3, 2]);
  assertEquals(months.map(({ carted }) => carted), [2, 1]); // a c, d
  assertEquals(months.map(({ viewedCarted }) => viewedCarted), [2, 0]);
});

Deno.test("a user counts in every month with that month's events", async () => {
  const { periods: [october, november] } = await funnelsOverTime(shop, "user");
  assertEquals([october.units, november.units], [2, 3]); // 1 2, 2 3 4
  assertEquals([october.carted, november.carted], [1, 2]); // 1, 2 3
  assertEquals([october.viewedCarted, november.viewedCarted], [1, 0]);
});

Deno.test("months of different years stay in order", async () => {
  const events = cleanedEvents([
    { at: "2020-01-01 00:00:00", type: "view", session: "new year" },
    { at: "2019-12-31 23:59:59", type: "view", session: "old year" },
  ]);
  const { periods: months } = await funnelsOverTime(events, "session");
  assertEquals(months.map(({ period }) => period), ["2019-12", "2020-01"]);
});

Deno.test("a single month is counted by its full weeks, from the first day on", async () => {
  const events = cleanedEvents([
    { at: "2019-10-03 10:00:00", type: "view", session: "a" },
    { at: "2019-10-09 23:59:59", type: "view", session: "b" }, // the last second of the first week
    { at: "2019-10-10 00:00:00", type: "purchase", session: "c" },
    { at: "2019-10-17 00:00:00", type: "view", session: "d" }, // in the broken week at the end
  ]);
  const { per, periods } = await funnelsOverTime(events, "session");
  assertEquals(per, "week");
  assertEquals(periods.map(({ period, units, conversion }) => [period, units, conversion]), [
    ["2019-10-03", 2, 0],
    ["2019-10-10", 1, 1],
  ]);
  assertEquals((await funnelsOverTime(cleanedEvents([]), "session")).periods, []);
});

Deno.test("a single event is one unit", async () => {
  const events = cleanedEvents([{ at: "2019-10-01 00:00:00", type: "view" }]);
  const { units, viewed, purchased, viewToCart, conversion } = await funnel(events, "session");
  assertEquals({ units, viewed, purchased, viewToCart, conversion }, {
    units: 1,
    viewed: 1,
    purchased: 0,
    viewToCart: 0,
    conversion: 0,
  });
});

Deno.test("rates with a base of zero are NaN", async () => {
  const { units, viewToCart, cartToPurchase, removal, conversion } = await funnel(
    cleanedEvents([]),
    "pair",
  );
  assertEquals(units, 0);
  assertEquals([viewToCart, cartToPurchase, removal, conversion], [NaN, NaN, NaN, NaN]);
});

Deno.test("funnels are by session, user and pair", async () => {
  const [bySession, byUser, byPair] = await funnels(shop);
  assertEquals([bySession.unit, byUser.unit, byPair.unit], ["session", "user", "pair"]);
  assertEquals(byPair, { unit: "pair", ...await funnel(shop, "pair") });
});
