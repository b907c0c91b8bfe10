import { readEvents } from "../../../../src/events/read/read.ts";
import type { EventNames } from "../../../../src/events/tables/event_types.ts";
import { InputError } from "../../../../src/base/input_error.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../../assert.ts";
import { column, csv, row, withFiles } from "../../raw_files.ts";

/** Reads events of these names. */
async function read(names: readonly string[], types?: EventNames) {
  let read: Awaited<ReturnType<typeof readEvents>> | undefined;
  const rows = names.map((type, index) => row({ type, session: `s${index}` }));
  await withFiles({ "a.csv": csv(...rows) }, async (folder) => {
    read = await readEvents([`${folder}/a.csv`], { format: { types } });
  });
  return { types: column(read!.events, "event_type"), reading: read!.reading };
}

const TRACKERS: Readonly<Record<string, readonly string[]>> = {
  REES46: ["view", "cart", "remove_from_cart", "purchase"],
  GA4: ["view_item", "add_to_cart", "remove_from_cart", "purchase"],
  Segment: ["Product Viewed", "Product Added", "Product Removed", "Order Completed"],
  Shopify: [
    ...["product_viewed", "product_added_to_cart", "product_removed_from_cart"],
    "checkout_completed",
  ],
  Snowplow: ["product_view", "add_to_cart", "remove_from_cart", "transaction"],
  "any case": ["View", "CART", "Remove From Cart", "Purchase"],
};

for (const [tracker, names] of Object.entries(TRACKERS)) {
  Deno.test(`names of events are understood: ${tracker}`, async () => {
    assertEquals((await read(names)).types, ["view", "cart", "remove_from_cart", "purchase"]);
  });
}

Deno.test("names of events are understood: Retailrocket", async () => {
  const { types, reading } = await read(["view", "addtocart", "transaction", "addtocart"]);
  assertEquals(types, ["view", "cart", "purchase", "cart"]);
  assertEquals(reading.translated, { addtocart: 2, transaction: 1 });
  assertEquals(
    reading.notes.at(-1),
    "types addtocart=cart, transaction=purchase (--types overrides)",
  );
});

Deno.test("over 5% of unknown names are refused with their counts and the option", async () => {
  const names = [...Array(16).fill("view"), "page_view", "page_view", "ping", ""];
  const { message } = await assertRejects(() => read(names), InputError);
  assertStringIncludes(
    message,
    "at most 5% may have unknown types, 4 of 20 have: page_view (2), (none) (1), ping (1)",
  );
  assertStringIncludes(message, "--types 'page_view=view,ping=view'");
});

Deno.test("up to 5% of unknown names stay, for cleaning to drop, and are listed", async () => {
  const { types, reading } = await read([...Array(19).fill("view"), "wishlist"]);
  assertEquals([types.at(-1), reading.unknownTypes], ["wishlist", { wishlist: 1 }]);
  assertStringIncludes(reading.notes.at(-1)!, "unknown types wishlist (1)");
});

Deno.test("--types maps the shop's own names, and leaves those out that mean nothing", async () => {
  const { types, reading } = await read(["page_view", "Order", "ping", "view", "cart"], {
    page_view: "view",
    order: "purchase",
    ping: "",
    cart: "purchase",
  });
  assertEquals(types, ["view", "purchase", "view", "purchase"]);
  assertEquals([reading.ignored, reading.rows], [1, 5]);
});
