import pl from "nodejs-polars";
import { cleanEvents } from "../../src/events/clean/clean.ts";
import { readEvents } from "../../src/events/read/read.ts";
import { toInteractions } from "../../src/events/to_interactions.ts";
import { textAt, type TextColumn } from "../../src/interactions/catalogue.ts";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf, type ShopInteractions } from "../../src/interactions/interactions.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { HEADER, readRows, row, withFiles } from "./raw_files.ts";

async function interactionsOf(...rows: string[]): Promise<ShopInteractions> {
  return await toInteractions(cleanEvents({ events: await readRows(...rows) }).events);
}

const at = (second: number) => `2019-10-01 00:00:0${second} UTC`;
const start = Date.UTC(2019, 9, 1) / 1000;

Deno.test("events are in time order, users numbered by id, products by first event", async () => {
  const interactions = await interactionsOf(
    row({ at: at(0), user: "20", product: "100", session: "b" }),
    row({ at: at(1), user: "3", product: "9", session: "a", type: "purchase" }),
    row({ at: at(2), user: "20", product: "9", session: "c", type: "cart" }),
    row({ at: at(2), user: "20", product: "100", session: "c" }),
  );
  const { userIds, itemIds, indptr } = interactions;
  // By value, not as text: 3 before 20. Product 100 occurs first.
  assertEquals([userIds.idAt(0), userIds.idAt(1)], ["3", "20"]);
  assertEquals([itemIds.idAt(0), itemIds.idAt(1)], ["100", "9"]);
  assertEquals(indptr, Uint32Array.of(0, 1, 4));
  assertEquals(historyOf(interactions, 0), {
    items: Uint32Array.of(1),
    weights: Float32Array.of(4),
    times: Uint32Array.of(start + 1),
  });
  assertEquals(historyOf(interactions, 1), {
    items: Uint32Array.of(0, 1, 0),
    weights: Float32Array.of(1, 2, 1),
    times: Uint32Array.of(start, start + 2, start + 2),
  });
  // Session numbers are arbitrary: map each event to the first of its session.
  const sessions = [...interactions.sessions ?? []];
  assertEquals(sessions.map((session) => sessions.indexOf(session)), [0, 1, 2, 2]);
});

Deno.test("events read in chunks make the same interactions as those read at once", async () => {
  const { events } = cleanEvents({
    events: await readRows(
      ...Array.from({ length: 9 }, (_, second) =>
        row({
          at: at(second),
          user: `${second * 7 % 4}`,
          product: `${second * 5 % 3}`,
          session: `${second % 2}`,
          type: second % 3 === 0 ? "purchase" : "view",
        })),
    ),
  });
  const whole = await toInteractions(events);
  assertEquals(whole.items.length, 9);
  for (const chunkRows of [1, 2, 4]) {
    assertEquals(await toInteractions(events, { chunkRows }), whole);
  }
  const pieces = [events.head(3).lazy(), events.tail(6).lazy()];
  assertEquals(await toInteractions(pieces, { chunkRows: 2 }), whole);
});

Deno.test("removals, cancelled carts and products with nothing else are omitted", async () => {
  const { itemIds, items, weights } = await interactionsOf(
    row({ at: at(0), type: "cart", product: "1" }),
    row({ at: at(1), type: "remove_from_cart", product: "1" }),
    row({ at: at(2), type: "cart", product: "2" }),
    row({ at: at(3), type: "remove_from_cart", product: "3" }),
  );
  assertEquals([itemIds.size, itemIds.idAt(0)], [1, "2"]);
  assertEquals([items, weights], [Uint32Array.of(0), Float32Array.of(2)]);
});

Deno.test("ids keep every digit and letter", async () => {
  const { userIds, itemIds } = await interactionsOf(
    row({ user: "9007199254740993", product: "SKU-é" }),
    row({ user: "9007199254740992", product: "007" }),
  );
  assertEquals([userIds.idAt(0), userIds.idAt(1)], ["9007199254740992", "9007199254740993"]);
  assertEquals([itemIds.idAt(0), itemIds.idAt(1)], ["SKU-é", "007"]);
});

Deno.test("the catalogue has the latest known values, those of removals included", async () => {
  const { catalogue } = await interactionsOf(
    row({ at: at(0), product: "1", brand: "old", path: "a.b", price: "5", category: "11" }),
    row({ at: at(1), product: "1", brand: "new", path: "", price: "6", category: "" }),
    row({ at: at(2), product: "1", brand: "", type: "remove_from_cart", price: "7.5" }),
    row({ at: at(3), product: "1", brand: "", price: "0.00", category: "12" }),
    row({ at: at(3), product: "2", category: "", price: "0.00" }),
  );
  assertEquals([0, 1].map((item) => textAt(catalogue.brand, item)), ["new", "unknown"]);
  assertEquals([0, 1].map((item) => textAt(catalogue.categoryCode, item)), ["a.b", "unknown"]);
  assertEquals([0, 1].map((item) => textAt(catalogue.categoryId, item)), ["12", "unknown"]);
  assertEquals(catalogue.price, Float32Array.of(7.5, 0));
  assertEquals("title" in catalogue, false);
});

Deno.test("the catalogue has the latest addresses of pictures and pages if the events do", () =>
  withFiles({
    "a.csv": [
      `${HEADER},image_url,product_url`,
      `${row({ at: at(0), product: "1" })},https://s.test/old.png,`,
      `${row({ at: at(1), product: "1" })},https://s.test/1.png,`,
      `${row({ at: at(2), product: "2" })},,https://s.test/2`,
      "",
    ].join("\n"),
  }, async (folder) => {
    const { events } = cleanEvents(await readEvents([`${folder}/a.csv`]));
    const { imageUrl, url, title } = (await toInteractions(events)).catalogue;
    const textsOf = (column?: TextColumn) => column && [0, 1].map((item) => textAt(column, item));
    assertEquals(textsOf(imageUrl), ["https://s.test/1.png", ""]);
    assertEquals(textsOf(url), ["", "https://s.test/2"]);
    assertEquals(title, undefined);
  }));

Deno.test("the catalogue has titles if the events do", () =>
  withFiles({
    "a.csv": `${HEADER},title\n${row({ product: "1" })},Lamp\n${row({ product: "2" })},\n`,
  }, async (folder) => {
    const { events } = cleanEvents(await readEvents([`${folder}/a.csv`]));
    const { title } = (await toInteractions(events)).catalogue;
    assertEquals(title && [0, 1].map((item) => textAt(title, item)), ["Lamp", ""]);
  }));

Deno.test("without a category column the category is unknown", async () => {
  const events = pl.DataFrame({
    event_time: [new Date(1000 * start)],
    user_id: ["u"],
    product_id: ["p"],
    user_session: ["s"],
    category_id: [null],
    category_code: ["unknown"],
    brand: ["unknown"],
    price: [1.5],
    rating: [1],
  }).withColumns(pl.col("rating").cast(pl.Float32, true));
  const { catalogue, times } = await toInteractions(events);
  assertEquals(textAt(catalogue.categoryId, 0), "unknown");
  assertEquals(times, Uint32Array.of(start));
});

Deno.test("events without any sign of interest can't become interactions", async () => {
  const { events } = cleanEvents({ events: await readRows(row({ type: "remove_from_cart" })) });
  await assertRejects(
    () => toInteractions(events),
    InputError,
    "Cannot make interactions of 1 event: at least one must be a view",
  );
});
