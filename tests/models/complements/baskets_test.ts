/** Which products count as put together. */
import { assertEquals } from "../../assert.ts";
import {
  BASKET_SECONDS,
  basketsOf,
  MOST_PRODUCTS,
} from "../../../src/models/complements/baskets.ts";

/** Events of two users: item, weight, time. */
function events(...users: readonly (readonly [number, number, number])[][]) {
  const all = users.flat();
  return {
    indptr: Uint32Array.from(users.reduce((ends, { length }) => [...ends, ends.at(-1)! + length], [
      0,
    ])),
    items: Uint32Array.from(all, ([item]) => item),
    weights: Float32Array.from(all, ([, weight]) => weight),
    times: Uint32Array.from(all, ([, , time]) => time),
  };
}

Deno.test("a basket has what one user carts or buys within a day, each product once", () => {
  const interactions = events(
    [[0, 2, 100], [9, 1, 110], [1, 2, 120], [0, 4, 200]],
    [[2, 4, 100], [3, 4, 100]],
  );
  assertEquals(basketsOf(interactions, { weights: [2, 4] }), {
    indptr: Uint32Array.of(0, 2, 4),
    items: Uint32Array.of(0, 1, 2, 3),
    times: Uint32Array.of(100, 100),
    omitted: 0,
  });
});

Deno.test("a new basket begins a day after the first event of the last", () => {
  const within = events([[0, 4, 0], [1, 4, BASKET_SECONDS]]);
  assertEquals(basketsOf(within, { weights: [4] }).items, Uint32Array.of(0, 1));
  const later = events([[0, 4, 0], [1, 4, BASKET_SECONDS + 1], [2, 4, BASKET_SECONDS + 2]]);
  assertEquals(basketsOf(later, { weights: [4] }).items, Uint32Array.of(1, 2));
});

Deno.test("a basket of one product is none, and very large ones are omitted and counted", () => {
  const large = Array.from({ length: MOST_PRODUCTS + 1 }, (_, i) => [i, 4, i] as const);
  const { items, omitted } = basketsOf(events([[5, 4, 0]], large.slice(1), large), {
    weights: [4],
  });
  assertEquals([items.length, omitted], [MOST_PRODUCTS, 1]);
});

Deno.test("weights are compared as they are stored, in single precision", () => {
  const interactions = events([[0, 4.1, 0], [1, 4.1, 1]]);
  assertEquals(basketsOf(interactions, { weights: [4.1] }).items, Uint32Array.of(0, 1));
});
