/** Ann's new products are 500, 300 and 400, in this order; items are numbered from 100 on. */
import {
  measuredUsers,
  measurePlacement,
} from "../../../../scripts/lib/placements/measure_placement.ts";
import { Placements } from "../../../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../../../src/service/placements/definition/schema.ts";
import { Shop } from "../../../../src/service/recommend/shop.ts";
import { tinyArtifact, tinyInteractions } from "../../../artifact/tiny_shop.ts";
import { assertAlmostEquals, assertEquals } from "../../../assert.ts";

const [ITEM_100, ITEM_300] = [0, 2];

/** What ann's list for a placement gives, if she then did something with 300 and with 100. */
async function measure(placement: object, rules: object = {}) {
  const placements = new Placements(placementsFile.parse({
    placements: { home: { strategy: "personal", ...placement } },
    rules,
  }));
  const shop = new Shop(await tinyArtifact());
  const ann = { user: 0, fresh: new Set([ITEM_300]), all: new Set([ITEM_100, ITEM_300]) };
  const past = tinyInteractions();
  const { ndcgs: [ndcg], hits: [hit], coverage, unmet } = await measurePlacement(
    placements.get("home")!,
    [ann],
    { shop, placements, past, now: 1_600_000_000_000 },
  );
  return { ndcg, hit, coverage, unmet: [...unmet] };
}

Deno.test("a hit at the second place gains 1 / log₂ 3 of what the ideal list has", async () => {
  const { ndcg, ...others } = await measure({ k: 2 });
  assertAlmostEquals(ndcg, 1 / Math.log2(3), 1e-6);
  assertEquals(others, { hit: 1, coverage: 2 / 5, unmet: [] });
  assertEquals(await measure({ k: 1 }), { ndcg: 0, hit: 0, coverage: 1 / 5, unmet: [] });
});

Deno.test("rules change what a list gives, and those that aren't met are counted", async () => {
  const pinned = await measure({ k: 2, rules: ["pin"] }, {
    pin: { pin: { productId: "300", position: 1 } },
  });
  assertEquals([pinned.ndcg, pinned.unmet], [1, []]);
  const arrivals = await measure({ rules: ["new"] }, { new: { newArrivals: { share: 1 } } });
  assertEquals(arrivals.unmet, [["new", 1]]);
});

Deno.test("a placement that shows seen products is measured by these, too", async () => {
  // Of both products of the window 300 alone is among new products.
  const { ndcg } = await measure({ exclude: "none", k: 5, not: ["100"] });
  const all = await measure({ exclude: "seen", k: 5 });
  assertEquals(all.hit, 1);
  assertEquals(ndcg < 1, true);
});

Deno.test("users are measured who have a history and then something new, evenly", () => {
  const past = tinyInteractions();
  const nothing = { ...past, indptr: past.indptr.map(() => 0) };
  assertEquals(measuredUsers(past, past, 10), []);
  assertEquals(measuredUsers(nothing, past, 10), []);
  // All of them do everything with the first product that ann doesn't know.
  const users = past.userIds.size;
  const test = {
    ...past,
    indptr: Uint32Array.from({ length: users + 1 }, (_, user) => user),
    items: new Uint32Array(users).fill(ITEM_300),
  };
  const known = measuredUsers(past, test, 10).map(({ user }) => user);
  assertEquals(known.includes(0), true);
  assertEquals(measuredUsers(past, test, 1).map(({ user }) => user), known.slice(0, 1));
});
