import { createRandom } from "../../../src/linalg/random.ts";
import { inventCatalogue } from "../../../src/simulate/products/catalogue.ts";
import { createDemand } from "../../../src/simulate/products/demand.ts";
import { cheapness } from "../../../src/simulate/products/prices.ts";
import { assert, assertEquals } from "../../assert.ts";

const catalogue = inventCatalogue(50_000, createRandom(1));
const { products, niches } = catalogue.size;
const MONTH = { days: 31, launches: 0.08 };

/** How often each product is drawn on a day. */
function countDraws(day: number, choice: "view" | "cart"): Uint32Array {
  const demand = createDemand(catalogue, MONTH, createRandom(2));
  demand.setDay(day);
  const counts = new Uint32Array(products);
  for (let i = 0; i < 200_000; i++) counts[demand.draw(choice, 0, products)]++;
  return counts;
}

const first = countDraws(0, "view");
const last = countDraws(30, "view");

Deno.test("a draw stays in its range", () => {
  const demand = createDemand(catalogue, MONTH, createRandom(2));
  for (let i = 0; i < 1000; i++) {
    const product = demand.draw("view", 100, 120);
    assert(product === -1 || (product >= 100 && product < 120));
  }
});

Deno.test("no niche is ever empty, however long the period of launches", () => {
  const demand = createDemand(catalogue, { ...MONTH, days: 3650 }, createRandom(2));
  for (let niche = 0; niche < niches; niche++) {
    const product = demand.draw(
      "cart",
      catalogue.nicheStart[niche],
      catalogue.nicheStart[niche + 1],
    );
    assertEquals(catalogue.nicheOf[product], niche);
  }
});

Deno.test("new products are launched, and popularity drifts", () => {
  let launched = 0;
  let doubled = 0;
  for (let p = 0; p < products; p++) {
    if (first[p] === 0 && last[p] > 200) launched++;
    if (first[p] > 50 && last[p] > 2 * first[p]) doubled++;
  }
  assert(launched > 5, `${launched} launched`);
  assert(doubled > 20, `${doubled} doubled`);
});

Deno.test("the share of the series that are launched is as asked", () => {
  const { seriesStart } = catalogue;
  const series = seriesStart.length - 1;
  const launchedOf = (launches: number) => {
    const demand = createDemand(catalogue, { days: 30, launches }, createRandom(2));
    let launched = 0;
    for (let s = 0; s < series; s++) {
      if (demand.draw("view", seriesStart[s], seriesStart[s + 1]) < 0) launched++;
    }
    return launched / series;
  };
  assertEquals(launchedOf(0), 0);
  // A launch on the first of 30 days is on sale at once, and each niche's first series always.
  const expected = 0.3 * 29 / 30 * (1 - niches / series);
  assert(Math.abs(launchedOf(0.3) - expected) < 0.03, `${launchedOf(0.3)} of ${expected}`);
});

Deno.test("cheap products are drawn more often for the cart than for a view", () => {
  const carts = countDraws(0, "cart");
  const meanCheapness = (counts: Uint32Array) => {
    let sum = 0;
    counts.forEach((count, p) => sum += count * cheapness(catalogue.price[catalogue.seriesOf[p]]));
    return sum / 200_000;
  };
  assert(meanCheapness(carts) > 1.5 * meanCheapness(first));
});
