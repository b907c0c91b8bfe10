import { openEvents } from "../../src/events/load.ts";
import { summarise } from "../../src/events/summary.ts";
import { assertEquals } from "../assert.ts";
import { csv, row, withFiles } from "./raw_files.ts";

Deno.test("a summary counts events by type, users, products and what is known of them", () =>
  withFiles({
    "a.csv": csv(
      row({ at: "2019-10-01 00:00:00 UTC", product: "1", brand: "runail", path: "a.b" }),
      row({ at: "2019-10-02 00:00:00 UTC", product: "2", price: "" }),
      row({ at: "2019-10-03 00:00:00 UTC", product: "1", type: "purchase", user: "2", price: "0" }),
      ...Array.from(
        { length: 40 },
        (_, i) => row({ at: "2019-10-02 00:00:00 UTC", session: `${i}` }),
      ),
      "too,short",
    ),
  }, async (folder) => {
    for (const bytesAtOnce of [1 << 20, 2000]) {
      await using opened = await openEvents([`${folder}/a.csv`], { bytesAtOnce });
      assertEquals(await summarise(opened), {
        types: { view: 42, purchase: 1 },
        users: 2,
        products: 3,
        from: new Date("2019-10-01T00:00:00Z"),
        to: new Date("2019-10-03T00:00:00Z"),
        known: { price: 41, brand: 1, category: 1 },
        rejected: { "2 fields, not 9": 1 },
      });
    }
  }));

Deno.test("users with over 500 events and 50 times the average are heavy", () =>
  withFiles({
    "a.csv": csv(
      ...Array.from({ length: 400 }, (_, i) => row({ user: `${i}` })),
      ...Array.from({ length: 1000 }, (_, i) => row({ user: "bot", session: `${i}` })),
    ),
  }, async (folder) => {
    await using opened = await openEvents([`${folder}/a.csv`]);
    // 1,400 events of 401 users: 3.5 on average, so that 500 is the limit.
    assertEquals((await summarise(opened)).heavy, { users: 1, events: 1000, limit: 500 });
    await using without = await openEvents([`${folder}/a.csv`], { maxEventsPerUser: 500 });
    assertEquals((await summarise(without)).heavy, undefined);
  }));
