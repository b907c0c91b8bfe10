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

Deno.test("findings on behaviour tell the funnel, prices, loyalty and concentration", () => {
  assertEquals(behaviourFindings(facts), [
    "3.4% of the sessions lead to a purchase; of those with a cart 88% don't.",
    "75% of the products that somebody bought were never viewed by that user.",
    "The median price of a view is 5.10, of a purchase 3.00.",
    "63% of the users have a single session; 10% of the buyers buy in a second one.",
    "The most popular tenth of the products gets 72.1% of the views and 73.6% of the purchases.",
  ]);
});

Deno.test("where nothing was bought there is a dash", () => {
  const [, unviewed, prices] = behaviourFindings({ ...facts, funnels: [], quantiles: [] });
  assertEquals(unviewed, "– of the products that somebody bought were never viewed by that user.");
  assertEquals(prices, "The median price of a view is –, of a purchase –.");
});
