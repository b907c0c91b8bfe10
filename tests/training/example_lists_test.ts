import { textColumn } from "../../src/interactions/catalogue.ts";
import { historyOf, type ShopInteractions } from "../../src/interactions/interactions.ts";
import type { Model } from "../../src/models/model.ts";
import { exampleUsers, historyRows, listRows } from "../../src/training/example_lists.ts";
import { assertEquals } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";

const shop: ShopInteractions = {
  ...interactionsOf([[0, 0, 1, 0], [0, 1, 2, 90], [0, 0, 4, 86_400]], { users: 1, items: 4 }),
  catalogue: {
    categoryId: textColumn(["77", "78", "78", "79"]),
    categoryCode: textColumn(["nail.polish", "unknown", "unknown", "unknown"]),
    brand: textColumn(["runail", "unknown", "irisk", "irisk"]),
    price: Float32Array.of(5.24, 1, 2.5, 0),
  },
};

/** A model whose favourites are the products of the highest numbers. */
const ascending: Model = {
  itemCount: 4,
  score: (_history, scores) => scores.forEach((_, item) => scores[item] = item),
  toTensors: () => ({}),
};

Deno.test("a history shows times, products and prices", () => {
  const first = { product: "i0", brand: "runail", category: "nail.polish", price: "5.24" };
  assertEquals(historyRows(shop, historyOf(shop, 0)), [
    { time: "1970-01-01 00:00", event: "view", ...first },
    {
      time: "1970-01-01 00:01",
      event: "cart",
      product: "i1",
      brand: "unknown",
      category: "78",
      price: "1.00",
    },
    { time: "1970-01-02 00:00", event: "purchase", ...first },
  ]);
  const nine = interactionsOf(Array.from({ length: 9 }, (_, i): HandEvent => [0, 0, 1, 60 * i]));
  assertEquals(historyRows(shop, historyOf(nine, 0)).map(({ time }) => time.slice(-2)), [
    ...["01", "02", "03", "04", "05", "06", "07", "08"],
  ]);
});

Deno.test("each model's list is a row, products that the user went on to are marked", () => {
  const history = historyOf(shop, 0);
  const truth = { ...history, items: Uint32Array.of(2) };
  const descending: Model = {
    ...ascending,
    score: (_history, scores) => scores.forEach((_, item) => scores[item] = -item),
  };
  const models = new Map([["up", ascending], ["down", descending]]);
  // Products 0 and 1 have been seen, so they are excluded.
  const rest = { "#3": "", "#4": "", "#5": "" };
  assertEquals(listRows(models, shop, { history, truth }), [
    { model: "up", "#1": "irisk 0.00 (i3)", "#2": "irisk 2.50 (i2) ✓", ...rest },
    { model: "down", "#1": "irisk 2.50 (i2) ✓", "#2": "irisk 0.00 (i3)", ...rest },
  ]);
});

Deno.test("examples have some history and events after the cut", () => {
  const events = (user: number, count: number) =>
    Array.from({ length: count }, (_, i): HandEvent => [user, 0, 1, i]);
  const size = { users: 5, items: 1 };
  const history = interactionsOf(
    [...events(0, 4), ...events(1, 5), ...events(2, 20), ...events(3, 21), ...events(4, 9)],
    size,
  );
  const truth = interactionsOf([0, 1, 2, 3].map((user) => [user, 0, 1, 99]), size);
  assertEquals(exampleUsers({ history, truth }).sort(), [1, 2]);
  const many = interactionsOf([0, 1, 2, 3, 4].flatMap((user) => events(user, 5)), size);
  const again = interactionsOf([0, 1, 2, 3, 4].map((user) => [user, 0, 1, 99]), size);
  assertEquals(exampleUsers({ history: many, truth: again }).length, 3);
});
