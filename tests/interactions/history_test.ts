import { RATING_MODES } from "../../src/interactions/event_weights.ts";
import {
  EMPTY_HISTORY,
  joinHistories,
  profileOf,
  sliceHistory,
} from "../../src/interactions/history.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assertEquals } from "../assert.ts";

/** Item 7 viewed, bought and viewed again; item 2 put into the cart. */
const history = { items: Uint32Array.of(7, 2, 7, 7), weights: Float32Array.of(1, 2, 4, 1) };

Deno.test("a rating is the maximum of the weights, their sum or its logarithm", () => {
  assertEquals(profileOf(history, 10).items, Uint32Array.of(2, 7));
  assertEquals(profileOf(history, 10).ratings, Float32Array.of(2, 4));
  assertEquals(profileOf(history, 10, "max").ratings, Float32Array.of(2, 4));
  assertEquals(profileOf(history, 10, "sum").ratings, Float32Array.of(2, 6));
  // log₂(1 + 2) and log₂(1 + 6)
  assertEquals(
    profileOf(history, 10, "logsum").ratings,
    Float32Array.of(1.584962500721156, 2.807354922057604),
  );
});

Deno.test("a single view is rated 1 in all modes", () => {
  const view = { items: Uint32Array.of(3), weights: Float32Array.of(1) };
  for (const rating of RATING_MODES) {
    assertEquals(profileOf(view, 4, rating).ratings, Float32Array.of(1));
  }
});

Deno.test("items that the model doesn't know are omitted", () => {
  assertEquals(profileOf(history, 7), {
    items: Uint32Array.of(2),
    ratings: Float32Array.of(2),
  });
  assertEquals(profileOf(history, 0).items.length, 0);
  const largest = { items: Uint32Array.of(4_294_967_295, 0), weights: Float32Array.of(1, 2) };
  assertEquals(profileOf(largest, 1).items, Uint32Array.of(0));
});

Deno.test("an empty history has an empty profile", () => {
  assertEquals(profileOf(EMPTY_HISTORY, 10), {
    items: new Uint32Array(0),
    ratings: new Float32Array(0),
  });
});

Deno.test("a long history is aggregated as by a map", () => {
  const random = createRandom(1);
  const items = Uint32Array.from({ length: 5000 }, () => random.integer(300));
  const weights = Float32Array.from(items, () => [1, 2, 4][random.integer(3)]);
  const sums = new Map<number, number>();
  items.forEach((item, i) => sums.set(item, (sums.get(item) ?? 0) + weights[i]));
  const expected = [...sums].sort(([a], [b]) => a - b);
  const { items: gathered, ratings } = profileOf({ items, weights }, 300, "sum");
  assertEquals([...gathered], expected.map(([item]) => item));
  assertEquals([...ratings], expected.map(([, sum]) => sum));
});

Deno.test("the history stays unchanged", () => {
  profileOf(history, 10);
  assertEquals(history.items, Uint32Array.of(7, 2, 7, 7));
});

Deno.test("a slice is a view of all columns, with negative numbers counted from the end", () => {
  const whole = { ...history, times: Uint32Array.of(10, 20, 30, 40) };
  const newest = {
    items: Uint32Array.of(7, 7),
    weights: Float32Array.of(4, 1),
    times: Uint32Array.of(30, 40),
  };
  assertEquals(sliceHistory(whole, 2), newest);
  assertEquals(sliceHistory(whole, -2), newest);
  assertEquals(sliceHistory(whole, 1, 2).times, Uint32Array.of(20));
  assertEquals(sliceHistory(whole, 2).items.buffer, whole.items.buffer);
});

Deno.test("histories are joined by time, ties in the order of the histories", () => {
  const one = {
    items: Uint32Array.of(1, 2),
    weights: Float32Array.of(1, 2),
    times: Uint32Array.of(10, 30),
  };
  const other = { ...one, items: Uint32Array.of(3, 4), times: Uint32Array.of(10, 20) };
  assertEquals(joinHistories([one, other, EMPTY_HISTORY]), {
    items: Uint32Array.of(1, 3, 4, 2),
    weights: Float32Array.of(1, 1, 2, 2),
    times: Uint32Array.of(10, 10, 20, 30),
  });
});
