/** Products that nobody had seen before, and how lists do on them. */
import {
  holdOutArrivals,
  measureArrivals,
} from "../../../../../scripts/bench/lib/pages/arrivals.ts";
import { textColumn } from "../../../../../src/interactions/catalogue.ts";
import { IdMap } from "../../../../../src/interactions/id_map.ts";
import {
  groupByUser,
  type ShopInteractions,
} from "../../../../../src/interactions/interactions.ts";
import type { Model } from "../../../../../src/models/model.ts";
import { assert, assertEquals } from "../../../../assert.ts";

/**
 * Ten events of three users, of which the last two are held out: ann goes on to `c`, which others
 * saw, and bob to `x`, which nobody saw; it is of the same brand and category as `b`.
 */
function shop(): ShopInteractions {
  const events = [
    ...["ann a", "ann b", "bob a", "bob b", "cleo a", "cleo b", "cleo c", "cleo a"],
    ...["ann c", "bob x"],
  ].map((event) => event.split(" "));
  // `x` has a number between the others, so that products are numbered anew.
  const ids = ["a", "x", "b", "c"];
  const users = ["ann", "bob", "cleo"];
  return {
    ...groupByUser({
      userIds: IdMap.from(users),
      itemIds: IdMap.from(ids),
      users: Uint32Array.from(events, ([user]) => users.indexOf(user)),
      items: Uint32Array.from(events, ([, id]) => ids.indexOf(id)),
      weights: new Float32Array(events.length).fill(1),
      times: Uint32Array.from(events, (_, i) => i),
    }),
    catalogue: {
      categoryId: textColumn(["1", "2", "2", "3"]),
      categoryCode: textColumn(ids.map(() => "unknown")),
      brand: textColumn(["one", "two", "two", "three"]),
      price: Float32Array.of(1, 2, 2, 3),
    },
  };
}

Deno.test("what nobody saw before is left out of training, and described as the shop would", () => {
  const { past, arrivals, questions } = holdOutArrivals(shop(), { users: 10, seed: 1 });
  assertEquals([0, 1, 2].map((item) => past.itemIds.idAt(item)), ["a", "b", "c"]);
  assertEquals([...past.items], [0, 1, 0, 1, 0, 1, 2, 0]);
  assertEquals([...arrivals], [
    ["x", { brand: "two", categoryId: "2", category: "unknown", price: 2 }],
  ]);
  const wanted = questions.map(({ known, arrivals }) => [[...known], [...arrivals]]);
  // Cleo went on to nothing.
  assertEquals(wanted.toSorted((a, b) => a[0].length - b[0].length), [[[], [3]], [[2], []]]);
  assertEquals(holdOutArrivals(shop(), { users: 1, seed: 1 }).questions.length, 1);
});

Deno.test("lists have products without events only where they are added, and may find them", () => {
  const holdout = holdOutArrivals(shop(), { users: 10, seed: 1 });
  // Of what is new to ann and bob, `b` is the best stand-in for `x`; `c` scores lower.
  const model: Model = {
    itemCount: 3,
    score: (_history, scores) => scores.set([0, 2, 1]),
    toTensors: () => ({}),
  };
  const measure = (withArrivals: boolean) =>
    measureArrivals(model, {
      name: "fixed",
      ...{ estimated: true, withArrivals, isBounded: true },
      holdout,
    });
  const { known, arrivals, recall, places } = measure(false);
  // Both lists have `c` alone.
  assertEquals([known, arrivals, recall, places], [1, 0, 0, 0]);
  const added = measure(true);
  // Both have `x`, then `c`.
  assertEquals([added.arrivals, added.recall, added.places], [1, 1, 0.5]);
  assert(Math.abs(added.known - 1 / Math.log2(3)) < 1e-6);
});
