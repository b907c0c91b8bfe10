import { productPairs } from "../../../src/analysis/tables/baskets.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";
import { cleanedEvents, type HandMadeEvent } from "../../events/cleaned_events.ts";

/** One session per basket, its products viewed twice each. */
function baskets(...sessions: number[][]): HandMadeEvent[] {
  return sessions.flatMap((products, i) =>
    [...products, ...products].map((product) => ({
      at: "2019-10-01 10:00:00",
      type: "view",
      session: String(i),
      product,
      brand: `brand ${product}`,
    } as const))
  );
}

/** 200 sessions with a product of their own each, so that pairs stand out. */
const others = Array.from({ length: 200 }, (_, i) => [100 + i]);

const shop = cleanedEvents(baskets(
  ...others,
  ...Array.from({ length: 6 }, () => [2, 1]),
  ...Array.from({ length: 8 }, () => [3, 4]),
  [3, 9],
  [4, 8, 7],
  [1, 2, 3, 4, 5, 6],
));

Deno.test("pairs are counted once per session; long sessions are omitted", async () => {
  const found = await productPairs(shop, { minSessions: 2, maxProducts: 5 });
  assertEquals([found.sessions, found.sessionsOmitted], [216, 1]);
  assertEquals(
    found.pairs.map(({ labelA, labelB, sessions }) => [labelA, labelB, sessions]),
    [["brand 1 1", "brand 2 2", 6], ["brand 3 3", "brand 4 4", 8]],
  );
  const [first, second] = found.pairs;
  assertAlmostEquals(first.support, 6 / 216);
  assertAlmostEquals(first.lift, 6 * 216 / (6 * 6));
  assertAlmostEquals(second.lift, 8 * 216 / (9 * 9)); // 3 and 4 are in 9 sessions each
  // 6 sessions have the exact interval 2.202 to 13.06.
  assertAlmostEquals(first.low, 2.202 / (6 * 6 / 216), .01);
  assertAlmostEquals(first.high, 13.06 / (6 * 6 / 216), .05);
});

Deno.test("pairs can be ranked by how often they occur", async () => {
  const { pairs } = await productPairs(shop, { by: "sessions", maxProducts: 5, minSessions: 2 });
  assertEquals(pairs.map(({ productA, productB }) => [productA, productB]), [
    ["3", "4"],
    ["1", "2"],
  ]);
});

Deno.test("a pair that chance may have made isn't reported", async () => {
  // Each of 7 + 8, 3 + 9 … shares one session of 216: of so many pairs, some would by chance.
  const { pairs } = await productPairs(shop, { minSessions: 1, maxProducts: 5 });
  assertEquals(pairs.map(({ productA }) => productA), ["1", "3"]);
});

Deno.test("only events of the requested type make a pair", async () => {
  const events = cleanedEvents([
    ...baskets([1, 2]),
    { at: "2019-10-01 10:00:00", type: "purchase", session: "0", product: 1 },
  ]);
  assertEquals(await productPairs(events, { of: "purchase", minSessions: 1 }), {
    pairs: [],
    sessions: 1,
    sessionsOmitted: 0,
  });
});

Deno.test("without such events, there are no pairs", async () => {
  assertEquals(await productPairs(cleanedEvents([])), {
    pairs: [],
    sessions: 0,
    sessionsOmitted: 0,
  });
});
