import { behaviourFindings } from "../../../src/analysis/findings/behaviour_findings.ts";
import { assertEquals } from "../../assert.ts";

const facts = {
  funnels: [
    { unit: "session", purchased: 9, viewedPurchased: 8, conversion: .034, abandonment: .88 },
    { unit: "pair", purchased: 200, viewedPurchased: 50, conversion: .1, abandonment: .85 },
  ],
  quantiles: [{ eventType: "view", median: 5.1 }, { eventType: "purchase", median: 3 }],
  sessions: { bins: [{ share: .63 }, { share: .2 }] },
  repeats: { buyers: { share: .1 } },
  views: { top10: .721 },
  sales: { top10: .736 },
};

Deno.test("the findings on behaviour state the funnel, prices, loyalty and concentration", () => {
  assertEquals(behaviourFindings(facts), [
    "3.4% of sessions lead to a purchase; of those with a cart, 88% don't.",
    "75% of the products that a user bought were never viewed by that user.",
    "The median price of a view is 5.10, of a purchase 3.00.",
    "63% of users have a single session; 10% of buyers buy in a second one.",
    "The most popular tenth of products gets 72.1% of views and 73.6% of purchases.",
  ]);
});

Deno.test("figures of purchases are a dash if nothing was bought", () => {
  const [, unviewed, prices] = behaviourFindings({ ...facts, funnels: [], quantiles: [] });
  assertEquals(unviewed, "– of the products that a user bought were never viewed by that user.");
  assertEquals(prices, "The median price of a view is –, of a purchase –.");
});
