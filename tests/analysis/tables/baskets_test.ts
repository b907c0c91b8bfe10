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

const shop = cleanedEvents(
  baskets([1, 2], [2, 1], [1, 2, 3], [1, 3], [4], [1], [3, 4], [1, 2, 3, 4, 5, 6]),
);

Deno.test("pairs are counted once per session; long sessions are omitted", async () => {
  const found = await productPairs(shop, { minSessions: 2, maxProducts: 5 });
  assertEquals([found.sessions, found.sessionsOmitted], [7, 1]);
  assertEquals(
    found.pairs.map(({ productA, productB, sessions }) => [productA, productB, sessions]),
    [
      ["1", "2", 3],
      ["1", "3", 2],
    ],
  );
  const [first, second] = found.pairs;
  assertEquals([first.brandA, first.brandB], ["brand 1", "brand 2"]);
  assertAlmostEquals(first.support, 3 / 7);
  assertAlmostEquals(first.lift, 3 * 7 / (5 * 3)); // 1 is in 5 sessions, 2 in 3
  assertAlmostEquals(second.lift, 2 * 7 / (5 * 3));
});

Deno.test("pairs can be ranked by how often they occur", async () => {
  const { pairs } = await productPairs(shop, {
    by: "sessions",
    minSessions: 1,
    maxProducts: 5,
    limit: 3,
  });
  assertEquals(pairs.map(({ productA, productB, sessions }) => [productA, productB, sessions]), [
    ["1", "2", 3],
    ["1", "3", 2],
    ["2", "3", 1],
  ]);
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
