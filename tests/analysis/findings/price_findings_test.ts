import {
  bandFindings,
  elasticityFindings,
  extremeBands,
  priceFinding,
} from "../../../src/analysis/findings/price_findings.ts";
import { assertEquals } from "../../assert.ts";

const price = (eventType: string, median: number, half: number) => ({
  ...{ eventType, median },
  ...{ low: median - half, high: median + half },
});

const band = (from: number, to: number, [low, share, high]: [number, number, number]) => ({
  ...{ from, to },
  conversion: { share, low, high },
});

Deno.test("people buy cheaper or more expensive products than they view, beyond chance", () => {
  assertEquals(
    priceFinding([price("view", 5.1, .1), price("purchase", 3, .2)]),
    "People buy cheaper products than they view: the median price of a view is 5.10 (95% " +
      "interval " +
      "5.00 to 5.20), of a purchase 3.00 (2.80 to 3.20).",
  );
  const start = (view: number, purchase: number) =>
    priceFinding([price("view", view, 9), price("purchase", purchase, 9)]).split(":")[0];
  assertEquals(start(100, 150), "People buy more expensive products than they view");
  assertEquals(start(154, 167), "People may buy at the prices they view");
});

Deno.test("a missing price is said to be missing", () => {
  assertEquals(
    priceFinding([price("view", 26.05, 1)]),
    "The median price of a view is 26.05; no purchase has a price.",
  );
  assertEquals(
    priceFinding([price("purchase", 2, 1)]),
    "The median price of a purchase is 2.00; no view has a price.",
  );
  assertEquals(priceFinding([]), "No view or purchase has a price.");
});

Deno.test("bands are compared only if their intervals don't overlap", () => {
  const cheap = band(1, 2, [.04, .05, .06]), dear = band(9, 9, [.01, .02, .03]);
  assertEquals(bandFindings([cheap, dear]), [
    "Prices of 1.00–2.00 convert best, 5%; those of 9.00 worst, 2%. Their intervals don't " +
    "overlap.",
  ]);
  assertEquals(extremeBands([dear, cheap])?.best, cheap);
  assertEquals(bandFindings([cheap, band(9, 10, [.03, .035, .05])]), [
    "The intervals of all bands overlap: conversion may not depend on price.",
  ]);
  assertEquals(bandFindings([band(1, 2, [0, 0, .1]), band(3, 4, [0, 0, .1])]), [
    "No viewer of a product with a price buys it.",
  ]);
  assertEquals(bandFindings([cheap]), []);
});

Deno.test("an elasticity says something only if its interval excludes zero", () => {
  assertEquals(elasticityFindings({ elasticity: -1, low: -1.5, high: -.5 }), [
    "Within brands, a product at twice the price has 0.50 times the conversion: the " +
    "elasticity is " +
    "−1.00 (95% interval −1.50 to −0.50).",
  ]);
  assertEquals(elasticityFindings({ elasticity: .2, low: -.1, high: .5 }), [
    "Within brands, conversion may not depend on price: the elasticity is 0.20 (95% interval " +
    "−0.10 to 0.50).",
  ]);
  assertEquals(elasticityFindings(undefined), ["No brand has enough products and buyers to tell."]);
});
