import {
  conversionOverTimeFindings,
  funnelFindings,
  leaksOf,
  leakText,
  shortcutFinding,
} from "../../../src/analysis/findings/funnel_findings.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

/** Sessions of which few fill a cart, but most of these buy. */
const before = {
  unit: "session",
  units: 1000,
  viewed: 1000,
  carted: 50,
  purchased: 30,
  viewedCarted: 50,
  viewedPurchased: 30,
  viewedCartedPurchased: 30,
};

/** Many fill a cart, few of these buy. */
const after = { ...before, carted: 800, viewedCarted: 800, viewedCartedPurchased: 20 };

const pair = { ...before, unit: "pair", carted: 200, viewedCarted: 50, purchased: 80 };

Deno.test("the larger loss is named, before the cart or after it", () => {
  assertEquals(funnelFindings([before]), [
    "3% of sessions end with a purchase.",
    "Of the sessions with a view, 95% put nothing into the cart; of those that do, 40% don't " +
    "buy. The larger loss is before the cart.",
  ]);
  assertEquals(
    funnelFindings([after])[1].split(". ").at(-1),
    "The larger loss is after the cart.",
  );
});

Deno.test("without purchases, nobody buys", () => {
  const none = { ...before, purchased: 0, viewedPurchased: 0, viewedCartedPurchased: 0 };
  assertEquals(funnelFindings([none]), ["Nobody buys anything in these events."]);
  assertEquals(leaksOf(none, 0), []);
});

Deno.test("carts and purchases without a view are counted, or that there are none", () => {
  assertEquals(
    shortcutFinding([pair]),
    "75% of the products in a user's cart were never viewed by that user: they come from a list, " +
      "or from before the data begins. Of the products bought, 62.5% were never viewed.",
  );
  assertEquals(
    shortcutFinding([{ ...pair, viewedCarted: 200, viewedPurchased: 80 }]),
    "Every product that a user put into the cart was viewed by that user. The same holds for " +
      "every product bought.",
  );
  assertEquals(
    shortcutFinding([{ ...pair, carted: 0 }]),
    "Nobody puts anything into the cart in these events.",
  );
});

Deno.test("the best and the worst period are named; one alone isn't compared", () => {
  const periods = [{ period: "2019-10", conversion: .03 }, { period: "2019-11", conversion: .04 }];
  assertEquals(conversionOverTimeFindings(periods, "month"), [
    "The month of 2019-11 converts best, 4% of its sessions; that of 2019-10 worst, 3%.",
  ]);
  assertEquals(conversionOverTimeFindings(periods.slice(1), "month"), []);
  assertEquals(
    conversionOverTimeFindings(periods.map((row) => ({ ...row, conversion: 0 })), "week"),
    ["0% of sessions end with a purchase in every week."],
  );
});

Deno.test("a point is worth what its sessions would spend; the larger worth comes first", () => {
  // 3,000 over 30 sessions. A point before the cart: 10 sessions, 60% of which buy for 100 each.
  const [first, second] = leaksOf(before, 3000);
  assertEquals([first.stage, first.sessions, second.stage], ["cart", 10, "purchase"]);
  assertAlmostEquals(first.revenue, 10 * .6 * 100);
  assertAlmostEquals(second.revenue, .5 * 100);
  assertEquals(
    leakText([first, second], 3000),
    "Fix the funnel before the cart first: 95% of the sessions that view put nothing into the " +
      "cart. One percentage point fewer means 10 more sessions that fill a cart, worth 600 in " +
      "revenue (20%). A point after the cart is worth 50.",
  );
  assertEquals(leaksOf(after, 3000).map(({ stage }) => stage), ["purchase", "cart"]);
});
