import {
  concentrationFindings,
  conversionRankFindings,
  pairFindings,
  revenueFinding,
  topSellersFindings,
} from "../../../src/analysis/findings/seller_findings.ts";
import { assertEquals } from "../../assert.ts";

const seller = (label: string, sales: number, revenue: number, [low, high] = [0, 1]) => ({
  ...{ label, sales, revenue },
  conversion: { share: (low + high) / 2, low, high },
});

Deno.test("best sellers are set beside everything sold", () => {
  const options = { by: "sales", of: "products", total: 100 } as const;
  assertEquals(topSellersFindings([seller("a", 20, 1), seller("b", 5, 1)], options), [
    "These 2 products make up 25% of all purchases, a alone 20%.",
  ]);
  assertEquals(topSellersFindings([seller("a", 20, 50)], { ...options, by: "revenue" }), [
    "a makes up 50% of all revenue.",
  ]);
  assertEquals(topSellersFindings([], { ...options, total: 0 }), ["There are no purchases."]);
  assertEquals(topSellersFindings([], { ...options, of: "brands" }), [
    "None of the brands sold is known by name.",
  ]);
});

Deno.test("the rankings by purchases and by revenue are compared", () => {
  const many = [seller("a", 10, 20), seller("b", 10, 20)];
  const dear = [seller("c", 1, 90), seller("a", 10, 20)];
  assertEquals(revenueFinding(many, dear), [
    "1 of the 2 are among the first by purchases too; their mean price paid is 10.00, " +
    "against 2.00.",
  ]);
  assertEquals(
    revenueFinding(many, [seller("c", 1, 90), seller("d", 1, 90)])[0].slice(0, 13),
    "None of the 2",
  );
  assertEquals(revenueFinding(many, []), []);
});

Deno.test("a lead by conversion is chance if intervals overlap", () => {
  const options = { of: "brand", minViewers: 200 } as const;
  const first = seller("a", 1, 1, [.5, .7]);
  assertEquals(conversionRankFindings([first, seller("b", 1, 1, [.3, .4])], options), [
    "a leads beyond chance: its interval overlaps with no other.",
  ]);
  assertEquals(conversionRankFindings([first, seller("b", 1, 1, [.3, .6])], options), [
    "The intervals of all 1 others overlap with that of a: the order may be chance.",
  ]);
  assertEquals(conversionRankFindings([], options), ["No brand sold has 200 viewers."]);
});

Deno.test("purchases may be more or less concentrated than views", () => {
  const shares = (views: number, sales: number, reached = 1) =>
    concentrationFindings({ top10: views, reached: 1 }, { top10: sales, reached });
  assertEquals(shares(.4, .6), [
    "The most popular tenth of products gets 40% of views and 60% of purchases: purchases " +
    "are more " +
    "concentrated than views.",
    "100% of products are bought at all.",
  ]);
  assertEquals(shares(.6, .4)[0].split(": ")[1], "views are more concentrated than purchases.");
  assertEquals(shares(.4, 1, .02), [
    "The most popular tenth of products gets 40% of views.",
    "2% of products are bought at all.",
  ]);
  assertEquals(shares(.4, NaN, 0), ["The most popular tenth of products gets 40% of views."]);
});

Deno.test("the most related pair is named; none if there is none", () => {
  const pair = { labelA: "a", labelB: "b", sessions: 7, lift: 78.2, low: 31 };
  assertEquals(pairFindings([pair]), ["a and b share 7 sessions, 78 times as many as by chance."]);
  assertEquals(pairFindings([]), []);
});
