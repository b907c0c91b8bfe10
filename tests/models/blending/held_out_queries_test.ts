import { historyOf, type Interactions } from "../../../src/interactions/interactions.ts";
import { holdOutQueries, type Query } from "../../../src/models/blending/held_out_queries.ts";
import { assert, assertEquals } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";

/**
 * Twenty events, a second apart, the last four held out: user 0 comes back with items 7 and 8 (the
 * first one twice), user 1 is new with item 9; user 2 doesn't come back.
 */
const shop = interactionsOf([
  ...Array.from({ length: 8 }, (_, i) => [0, i % 3, 1, i] as const),
  ...Array.from({ length: 8 }, (_, i) => [2, i % 3, 1, 8 + i] as const),
  [0, 7, 1, 16],
  [0, 7, 1, 17],
  [1, 9, 1, 18],
  [0, 8, 1, 19],
], { items: 10 });

const ALL = { share: 0.2, limit: 100, seed: 1 };

const inOrder = (queries: readonly Query[]) =>
  queries.toSorted((a, b) => a.history.items.length - b.history.items.length)
    .map(({ history, relevant }) => [history.items.length, [...relevant]]);

Deno.test("later: all items after the cut, for users who came back", () => {
  const { past, queries } = holdOutQueries(shop, { ...ALL, target: "later" });
  assertEquals(past.items.length, 16);
  assertEquals(inOrder(queries), [[8, [7, 8]]]);
  assertEquals(queries[0].history, historyOf(past, 0));
});

Deno.test("next: every held-out event, from all events before it", () => {
  const { past, queries } = holdOutQueries(shop, { ...ALL, target: "next" });
  assertEquals(past.items.length, 16);
  assertEquals(inOrder(queries), [[8, [7]], [9, [7]], [10, [8]]]);
});

Deno.test("auto: the next event where hardly any user comes back, else all later ones", () => {
  const auto = { ...ALL, target: "auto" } as const;
  assertEquals(holdOutQueries(shop, auto), holdOutQueries(shop, { ...ALL, target: "later" }));
  const visits = interactionsOf(
    Array.from({ length: 40 }, (_, i) => [i >> 1, i % 3, 1, i] as const),
  );
  const { target, queries } = holdOutQueries(visits, auto);
  assertEquals([target, queries.length], ["next", 4]);
});

Deno.test("at most `limit` queries are sampled, the same for the same seed", () => {
  const queriesOf = (seed: number) =>
    holdOutQueries(shop, { ...ALL, target: "next", limit: 2, seed }).queries;
  assertEquals(queriesOf(3).length, 2);
  assertEquals(queriesOf(3), queriesOf(3));
  const lengths = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => inOrder(queriesOf(seed)).join());
  assert(new Set(lengths).size > 1);
});

Deno.test("if times are all equal, a random share of each user's items is held out", () => {
  const simultaneous = interactionsOf([
    ...Array.from({ length: 20 }, (_, i) => [0, i % 10, 1, 5] as const),
    ...Array.from({ length: 4 }, (_, i) => [1, i, 1, 5] as const),
  ]);
  const { past, queries } = holdOutQueries(simultaneous, { ...ALL, target: "next" });
  assertEquals(queries.length, 1);
  const [{ history, relevant }] = queries;
  assertEquals(relevant.length, 2);
  // Both events with an item are on the same side.
  assertEquals(history.items.length, 16);
  assert(history.items.every((item) => !relevant.includes(item)));
  assertEquals(historyOf(past, 1), historyOf(simultaneous, 1));
});

Deno.test("without users who came back there are no queries", () => {
  const strangers: Interactions = interactionsOf(
    Array.from({ length: 10 }, (_, i) => [i, i % 2, 1, i] as const),
  );
  for (const target of ["later", "next"] as const) {
    assertEquals(holdOutQueries(strangers, { ...ALL, target }).queries, []);
  }
});
