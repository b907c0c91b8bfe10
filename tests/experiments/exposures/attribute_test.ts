import { attributeEvents, CLOCK_SKEW_MS } from "../../../src/experiments/exposures/attribute.ts";
import type { Exposure } from "../../../src/experiments/exposures/exposure.ts";
import { MS_PER_HOUR } from "../../../src/base/time.ts";
import { assertEquals } from "../../assert.ts";

const START = Date.UTC(2026, 10, 1);

/** A list of the products 7 and 9, shown some hours after the start. */
function shown(listId: string, hour: number, productIds = ["7", "9"]): Exposure {
  return {
    ...{ listId, userId: "ann", model: "als", productIds },
    at: START + hour * MS_PER_HOUR,
    positions: productIds.map((_, i) => i + 1),
    propensities: productIds.map(() => 1),
  };
}

function event(productId: string, hour: number, more: { type?: string; listId?: string } = {}) {
  return { productId, type: "view", time: START + hour * MS_PER_HOUR, ...more };
}

/** Of each list, its outcomes as `type product position by`. */
function outcomesOf(...given: Parameters<typeof attributeEvents>) {
  return attributeEvents(...given).map(({ exposure, outcomes }) => [
    exposure.listId,
    ...outcomes.map(({ type, productId, position, by }) =>
      `${type} ${productId} ${position} ${by}`
    ),
  ]);
}

Deno.test("an event counts for the last list before it that showed the product", () => {
  const lists = [shown("first", 0), shown("second", 1), shown("other", 2, ["3"])];
  assertEquals(outcomesOf(lists, [event("9", 3)]), [
    ["first"],
    ["second", "view 9 2 window"],
    ["other"],
  ]);
});

Deno.test("an event counts for the list that it names, not for a later one", () => {
  const lists = [shown("first", 0), shown("second", 1)];
  assertEquals(outcomesOf(lists, [event("7", 3, { listId: "first" })]), [
    ["first", "view 7 1 listId"],
    ["second"],
  ]);
});

Deno.test("an event that names a list its user wasn't shown counts as if it named none", () => {
  assertEquals(outcomesOf([shown("first", 0)], [event("7", 1, { listId: "another's" })]), [
    ["first", "view 7 1 window"],
  ]);
});

Deno.test("an event that names a list without the product doesn't count for it", () => {
  assertEquals(outcomesOf([shown("first", 0)], [event("3", 1, { listId: "first" })]), [["first"]]);
});

Deno.test("the window ends after its hours, which may be none", () => {
  const lists = [shown("list", 0)];
  assertEquals(outcomesOf(lists, [event("7", 23.99)]), [["list", "view 7 1 window"]]);
  assertEquals(outcomesOf(lists, [event("7", 24)]), [["list"]]);
  assertEquals(outcomesOf(lists, [event("7", 1)], { hours: 0 }), [["list"]]);
  assertEquals(outcomesOf(lists, [event("7", 1, { listId: "list" })], { hours: 0 }), [
    ["list", "view 7 1 listId"],
  ]);
});

Deno.test("an event before its list counts only if it names it, within the skew of clocks", () => {
  const lists = [shown("list", 1)];
  const early = (ms: number, listId?: string) => ({
    ...event("7", 1, { listId }),
    time: lists[0].at - ms,
  });
  assertEquals(outcomesOf(lists, [early(1)]), [["list"]]);
  assertEquals(outcomesOf(lists, [early(CLOCK_SKEW_MS, "list")]), [["list", "view 7 1 listId"]]);
  assertEquals(outcomesOf(lists, [early(CLOCK_SKEW_MS + 1, "list")]), [["list"]]);
});

Deno.test("of a list's product, each type of event counts once, by its first", () => {
  const events = [
    event("7", 3, { type: "purchase" }),
    ...[event("7", 1), event("7", 1), event("7", 2, { listId: "list" })],
    ...[event("7", 2, { type: "cart" }), event("7", 2, { type: "remove_from_cart" })],
    ...[event("7", 4, { type: "purchase" }), event("9", 1)],
  ];
  const [{ outcomes }] = attributeEvents([shown("list", 0)], events);
  assertEquals(outcomes.map(({ type, productId, at }) => [type, productId, at - START]), [
    ["view", "7", MS_PER_HOUR],
    ["view", "9", MS_PER_HOUR],
    ["cart", "7", 2 * MS_PER_HOUR],
    ["purchase", "7", 3 * MS_PER_HOUR],
  ]);
});

Deno.test("an outcome has the position in the list, also where only a part was seen", () => {
  const list = { ...shown("list", 0), positions: [4, 6] };
  assertEquals(outcomesOf([list], [event("9", 1)]), [["list", "view 9 6 window"]]);
});
