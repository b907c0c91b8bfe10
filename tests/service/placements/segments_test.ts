import { Products } from "../../../src/service/catalogue/products.ts";
import type { SegmentDefinition } from "../../../src/service/placements/definition/schema.ts";
import { isInSegment, isTimed } from "../../../src/service/placements/segments/is_in_segment.ts";
import { EVENT_WEIGHTS } from "../../../src/interactions/event_weights.ts";
import { tinyInteractions } from "../../artifact/tiny_shop.ts";
import { assertEquals } from "../../assert.ts";

const DAY = 86_400;
const NOW = 1000 * DAY;

/** Viewed 300 forty days ago, bought 100 (5.24) ten days ago and 500 (328) five days ago. */
const history = {
  items: Uint32Array.of(2, 0, 4),
  weights: Float32Array.of(1, 4, 4),
  times: Uint32Array.of(NOW - 40 * DAY, NOW - 10 * DAY, NOW - 5 * DAY),
};

const context = {
  products: new Products(tinyInteractions()),
  eventWeights: EVENT_WEIGHTS,
  now: NOW,
};

const CASES: readonly [SegmentDefinition, boolean][] = [
  [{ boughtCategory: ["Accessories"] }, true],
  [{ boughtCategory: ["33"] }, false],
  [{ boughtBrand: ["runail"], boughtCategory: ["11"] }, true],
  [{ boughtBrand: ["irisk"] }, false],
  [{ boughtCategory: ["accessories"], withinDays: 7 }, false],
  [{ seenWithinDays: 5 }, true],
  [{ seenWithinDays: 4 }, false],
  [{ notSeenForDays: 4 }, true],
  [{ notSeenForDays: 5 }, false],
  [{ spentAtLeast: 333.2 }, true],
  [{ spentAtLeast: 333.3 }, false],
  [{ spentAtLeast: 300, withinDays: 5 }, true],
  [{ spentAtLeast: 330, withinDays: 5 }, false],
  [{ events: { purchase: { min: 2, max: 2 }, view: { max: 1 } } }, true],
  [{ events: { purchase: { min: 3 } } }, false],
  [{ events: { view: { max: 0 } } }, false],
  [{ events: { view: { max: 0 } }, withinDays: 39 }, true],
  [{ seenWithinDays: 5, events: { cart: { min: 1 } } }, false],
];

for (const [segment, expected] of CASES) {
  Deno.test(`${JSON.stringify(segment)} ${expected ? "holds" : "doesn't hold"}`, () =>
    assertEquals(isInSegment(history, segment, context), expected));
}

Deno.test("a user without events wasn't seen, spent nothing and bought nothing", () => {
  const empty = { items: new Uint32Array(), weights: new Float32Array(), times: new Uint32Array() };
  const holds = (segment: SegmentDefinition) => isInSegment(empty, segment, context);
  assertEquals(holds({ seenWithinDays: 3650 }), false);
  assertEquals(holds({ notSeenForDays: 3650 }), true);
  assertEquals(holds({ spentAtLeast: 0 }), true);
  assertEquals(holds({ boughtCategory: ["11"] }), false);
});

Deno.test("only conditions on days change by time alone", () => {
  assertEquals(isTimed({ spentAtLeast: 1 }), false);
  for (const days of ["seenWithinDays", "notSeenForDays", "withinDays"]) {
    assertEquals(isTimed({ [days]: 1 }), true);
  }
});
