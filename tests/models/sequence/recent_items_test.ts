import { SECONDS_PER_DAY as DAY } from "../../../src/base/time.ts";
import { EMPTY_HISTORY } from "../../../src/interactions/history.ts";
import { recentItems } from "../../../src/models/sequence/recent_items.ts";
import { assertEquals } from "../../assert.ts";
import { viewed } from "../../interactions/made_by_hand.ts";

Deno.test("an item counts once, at its last event", () => {
  const { items, weights } = recentItems(viewed([1, 2, 1, 1, 3]), 9, {
    decay: 0.5,
    sessionDecay: 1,
  });
  assertEquals([...items], [3, 1, 2]);
  assertEquals([...weights], [1, 0.5, 0.25]);
});

Deno.test("an item counts less for every session that ended after it", () => {
  const history = viewed([1, 2, 3, 4], [0, 1, DAY, 2 * DAY]);
  const { weights } = recentItems(history, 9, { decay: 1, sessionDecay: 0.5 });
  assertEquals([...weights], [1, 0.5, 0.25, 0.25]);
});

Deno.test("with a decay of 0 only the last item or only the last session counts", () => {
  const history = viewed([1, 2, 3], [0, DAY, DAY]);
  assertEquals([...recentItems(history, 9, { decay: 0, sessionDecay: 1 }).items], [3]);
  assertEquals([...recentItems(history, 9, { decay: 1, sessionDecay: 0 }).items], [3, 2]);
});

Deno.test("unknown items are skipped", () => {
  const options = { decay: 0.5, sessionDecay: 1 };
  assertEquals(
    recentItems(viewed([1, 9, 2, 4_000_000_000]), 9, options),
    recentItems(viewed([1, 2]), 9, options),
  );
});

Deno.test("the last 50 distinct items of a long history count", () => {
  const all = Array.from({ length: 120 }, (_, item) => item);
  const { items, weights } = recentItems(viewed([...all, ...all]), 120, {
    decay: 1,
    sessionDecay: 1,
  });
  assertEquals([...items], all.slice(70).reverse());
  assertEquals([...weights], items.length === 50 ? new Array(50).fill(1) : []);
});

Deno.test("items with weight 0 are omitted, also if only rounding to 32 bits makes it 0", () => {
  const all = Array.from({ length: 50 }, (_, item) => item);
  const { items, weights } = recentItems(viewed(all), 50, { decay: 1e-10, sessionDecay: 1 });
  // 1e-40 is the last power above the least 32-bit number, 1.4e-45
  assertEquals([...items], [49, 48, 47, 46, 45]);
  assertEquals(weights.at(-1), Math.fround(1e-40));
});

Deno.test("an empty history has no recent items", () => {
  assertEquals(recentItems(EMPTY_HISTORY, 9, { decay: 1, sessionDecay: 1 }).items.length, 0);
});
