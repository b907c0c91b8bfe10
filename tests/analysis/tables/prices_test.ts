import pl from "nodejs-polars";
import {
  conversionByPrice,
  priceHistogram,
  priceQuantiles,
} from "../../../src/analysis/tables/prices.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../../events/cleaned_events.ts";
import { productTable } from "./product_table.ts";

const at = "2019-10-01 10:00:00";

const priced = cleanedEvents([
  ...[1, 2, 3, 4, 5, 0].map((price) => ({ at, type: "view", price }) as const),
  { at, type: "purchase", price: 100 },
  { at, type: "cart", price: 0 },
]);

Deno.test("quantiles are of prices above zero, by type of event", async () => {
  const quantiles = await priceQuantiles(priced);
  assertEquals(quantiles.map(({ low: _low, high: _high, ...rest }) => rest), [
    {
      eventType: "purchase",
      count: 1,
      mean: 100,
      p5: 100,
      p25: 100,
      median: 100,
      p75: 100,
      p95: 100,
    },
    { eventType: "view", count: 5, mean: 3, p5: 1.2, p25: 2, median: 3, p75: 4, p95: 4.8 },
  ]);
});

Deno.test("the median's interval is that of its rank", async () => {
  const hundred = Array.from({ length: 101 }, (_, price) => ({ at, type: "cart", price }) as const);
  const [{ median, low, high }] = await priceQuantiles(cleanedEvents(hundred));
  // Ranks 50 ± 9.8 of the prices from 1 to 100.
  assertEquals([median, low, high].map((price) => price.toFixed(1)), ["50.5", "40.8", "60.2"]);
});

Deno.test("histogram bins grow by a constant factor and hold every priced event once", async () => {
  // From 1 to 100 in two bins: 1 to 10 and 10 to 100.
  const bins = await priceHistogram(priced, { bins: 2 });
  assertEquals(bins.map(({ eventType, count, share }) => [eventType, count, share]), [
    ["purchase", 1, 1],
    ["view", 5, 1],
  ]);
  assertAlmostEquals(bins[0].from, 10, 1e-9);
  assertAlmostEquals(bins[0].to, 100, 1e-9);
  assertAlmostEquals(bins[1].from, 1, 1e-9);
  assertAlmostEquals(bins[1].to, 10, 1e-9);
});

Deno.test("a single price makes one bin", async () => {
  const bins = await priceHistogram(cleanedEvents([{ at, type: "view", price: 5 }]));
  assertEquals(bins.map(({ count, share }) => [count, share]), [[1, 1]]);
});

Deno.test("without prices, there is no distribution", async () => {
  const free = cleanedEvents([{ at, type: "view", price: 0 }]);
  assertEquals(await priceHistogram(free), []);
  assertEquals(await priceQuantiles(free), []);
});

const products = productTable({
  price: [1, 2, 2, 3, 8, null, 9],
  viewers: [40, 10, 30, 20, 60, 70, 0],
  buyers: [20, 3, 5, 4, 3, 1, 0],
});

Deno.test("bands have about equally many viewers, and one price stays in one band", async () => {
  // 160 viewers in order of price: 40 at 1, 40 at 2, 20 at 3, 60 at 8; their middles at 20, 60, 90
  // and 130.
  const bands = await conversionByPrice(products, { bands: 2 });
  assertEquals(
    bands.map(({ from, to, products, viewers, conversion }) => [
      from,
      to,
      products,
      viewers,
      conversion.share,
    ]),
    [[1, 2, 3, 80, 28 / 80], [3, 8, 2, 80, 7 / 80]],
  );
});

Deno.test("there are no more bands than prices", async () => {
  assertEquals((await conversionByPrice(products, { bands: 100 })).map(({ from }) => from), [
    1,
    2,
    3,
    8,
  ]);
  assertEquals(await conversionByPrice(products.filter(pl.col("viewers").eq(0))), []);
});
