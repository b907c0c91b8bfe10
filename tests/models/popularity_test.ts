import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { EMPTY_HISTORY } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import { popularity } from "../../src/models/popularity.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";

/**
 * Item 0 bought 14 days before the last event; item 1 carted 7 days before; item 2 viewed twice
 * last.
 */
const fortnight = interactionsOf([
  [0, 0, 4, 100],
  [1, 1, 2, 100 + 7 * DAY],
  [1, 2, 1, 100 + 14 * DAY],
  [2, 2, 1, 100 + 14 * DAY],
], { items: 4 });

function countsOf(halfLifeDays?: number): number[] {
  const model = popularity.fit(fortnight, { halfLifeDays });
  if (model instanceof Promise) throw new TypeError("popularity is fitted synchronously");
  const scores = new Float32Array(4);
  model.score(EMPTY_HISTORY, scores);
  return [...scores];
}

Deno.test("an event counts half after each half-life", () => {
  // 4·2⁻², 2·2⁻¹, 1 + 1; item 3 has no events
  assertEquals(countsOf(7), [1, 1, 2, 0]);
  assertEquals(countsOf(14), [2, 2 * Math.fround(Math.SQRT1_2), 2, 0]);
});

Deno.test("the half-life is a week by default", () => {
  assertEquals(countsOf(), countsOf(7));
});

Deno.test("an infinite half-life counts all events the same, a tiny one only the last", () => {
  assertEquals(countsOf(Infinity), [4, 2, 2, 0]);
  assertEquals(countsOf(1e-6), [0, 0, 2, 0]);
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
