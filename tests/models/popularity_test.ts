import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { EMPTY_HISTORY } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import { popularity } from "../../src/models/popularity.ts";
import { rank } from "../../src/models/rank.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";

/**
 * Item 0 bought 14 days before the last event; item 1 carted 7 days before; item 2 viewed by two
 * users last. Somebody views item 3 every other day, so that there is no pause.
 */
const fortnight = interactionsOf([
  [0, 0, 4, 100],
  [1, 1, 2, 100 + 7 * DAY],
  [1, 2, 1, 100 + 14 * DAY],
  [2, 2, 1, 100 + 14 * DAY],
  ...[0, 2, 4, 6, 8, 10, 12, 14].map((day) => [3, 3, 0, 100 + day * DAY] as const),
]);

async function countsOf(halfLifeDays?: number, data = fortnight): Promise<number[]> {
  const model = await popularity.fit(data, { halfLifeDays });
  const scores = new Float32Array(model.itemCount);
  model.score(EMPTY_HISTORY, scores);
  return [...scores];
}

Deno.test("an event counts half after each half-life", async () => {
  // 4·2⁻², 2·2⁻¹, 1 + 1; events on item 3 weigh nothing
  assertEquals(await countsOf(7), [1, 1, 2, 0]);
  assertEquals(await countsOf(14), [2, 2 * Math.fround(Math.SQRT1_2), 2, 0]);
});

Deno.test("the half-life is a week by default", async () => {
  assertEquals(await countsOf(), await countsOf(7));
});

Deno.test("an infinite half-life counts all events the same, a tiny one the last", async () => {
  assertEquals(await countsOf(Infinity), [4, 2, 2, 0]);
  assertEquals(await countsOf(1e-6), [4 * 2 ** -100, 2 * 2 ** -100, 2, 0]);
});

Deno.test("a user counts once per product and day, with the strongest event", async () => {
  const data = interactionsOf([
    // A monitor: 5,000 views of item 0 on one day, one on the next.
    ...Array.from({ length: 5000 }, (_, i) => [0, 0, 1, i] as const),
    [0, 0, 1, DAY],
    // Two users with item 1: view, cart and purchase; a view before midnight and one after.
    [1, 1, 1, 10],
    [1, 1, 2, 20],
    [1, 1, 4, 30],
    [1, 2, 1, 40],
    [1, 1, 1, 50],
    [2, 1, 1, DAY - 1],
    [2, 1, 1, DAY],
  ]);
  assertEquals(await countsOf(Infinity, data), [1 + 1, 4 + 1 + 1, 1]);
});

Deno.test("of equal events of a day, the one that has decayed least counts", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 0, 1, DAY / 2], [1, 1, 1, DAY]]);
  assertEquals(await countsOf(0.5, data), [0.5, 1]);
  assertEquals(await countsOf(0.25, data), [0.25, 1]);
});

Deno.test("a pause in the data ages events by two days only", async () => {
  const data = interactionsOf([[0, 0, 8, 0], [0, 1, 4, DAY], [0, 2, 1, 2000 * DAY]]);
  assertEquals(await countsOf(1, data), [8 * 2 ** -3, 4 * 2 ** -2, 1]);
});

Deno.test("products of a hundred half-lives ago rank by their counts without decay", async () => {
  const old = [[0, 0, 1, 0], [0, 1, 1, DAY], [1, 1, 1, DAY], [0, 2, 4, 2 * DAY]] as const;
  const steady = Array.from({ length: 200 }, (_, day) => [2, 3, 1, day * DAY] as const);
  const model = await popularity.fit(interactionsOf([...old, ...steady]), { halfLifeDays: 0.5 });
  assertEquals(rank(model, EMPTY_HISTORY, { k: 4 }).indices, Uint32Array.of(3, 2, 1, 0));
});

Deno.test("a half-life must be above 0", () => {
  for (const halfLifeDays of [0, -7, NaN]) {
    assertThrows(
      () => popularity.fit(fortnight, { halfLifeDays }),
      InputError,
      `Cannot fit popularity: option "halfLifeDays" must be a number above 0, got ${halfLifeDays}`,
    );
  }
});
