import { InputError } from "../../src/base/input_error.ts";
import { simulateCsv, type SimulationOptions } from "../../src/simulate/mod.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "../assert.ts";
import { type SimulatedRow, simulatedRows, simulatedText } from "./simulated_events.ts";

const rows = simulatedRows({ events: 20_000, seed: 5 });

async function hash(options: SimulationOptions): Promise<string> {
  const bytes = new TextEncoder().encode(simulatedText(options));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function valuesBy(key: keyof SimulatedRow, value: keyof SimulatedRow): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const row of rows) {
    const known = values.get(row[key]) ?? new Set();
    values.set(row[key], known.add(row[value]));
  }
  return values;
}

Deno.test("a file has a header and exactly the requested number of rows", () => {
  for (const events of [1, 10, 999, 5000]) {
    const lines = simulatedText({ events, seed: events }).split("\n");
    assertEquals(
      lines[0],
      "event_time,event_type,product_id,category_id,category_code,title,brand,price," +
        "user_id,user_session",
    );
    assertEquals(lines.length, events + 2);
    assertEquals(lines.at(-1), "");
  }
  assertEquals(simulatedRows({ events: 3000, days: 1 }).length, 3000);
});

Deno.test("the same seed gives the same bytes, another seed others", async () => {
  const options = { events: 5000, days: 7, seed: 42 };
  assertEquals(await hash(options), await hash(options));
  assert(await hash(options) !== await hash({ ...options, seed: 43 }));
});

Deno.test("rows are in order of time and span the requested days", () => {
  const days = new Set<string>();
  rows.forEach(({ time }, i) => {
    assertMatch(time, /^2019-10-\d\d \d\d:\d\d:\d\d UTC$/);
    if (i > 0) assert(rows[i - 1].time <= time);
    days.add(time.slice(0, 10));
  });
  assertEquals(days.size, 31);
  const leapYear = simulatedRows({ events: 3000, days: 2, start: "2020-02-29" });
  assertEquals(
    [...new Set(leapYear.map(({ time }) => time.slice(0, 10)))],
    ["2020-02-29", "2020-03-01"],
  );
});

Deno.test("every field has the real shop's format, and a title", () => {
  for (const row of rows) {
    assertMatch(row.type, /^(view|cart|remove_from_cart|purchase)$/);
    assertMatch(row.product, /^\d{4,7}$/);
    assertMatch(row.category, /^\d{19}$/);
    assertMatch(row.code, /^([a-z]+(\.[a-z_]+)+)?$/);
    assertMatch(row.title, /^[A-Z][A-Za-z. -]* \([a-z]+( \d+)?\)$/);
    assertMatch(row.brand, /^[a-z. -]*$/);
    assertMatch(row.price, /^-?\d{1,3}\.\d\d$/);
    assertMatch(row.user, /^\d{9}$/);
    assertMatch(row.session, /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/);
  }
});

Deno.test("a product has one category, code, title, brand and, zeros aside, price", () => {
  for (const column of ["category", "code", "title", "brand"] as const) {
    for (const [product, values] of valuesBy("product", column)) {
      assertEquals(values.size, 1, `${column} of ${product}`);
    }
  }
  for (const [product, prices] of valuesBy("product", "price")) {
    const real = [...prices].filter((price) => Number(price) > 0);
    assert(real.length <= 1, `prices of ${product}: ${real}`);
  }
});

Deno.test("a session belongs to one user", () => {
  const owners = valuesBy("session", "user");
  owners.delete("");
  assert(owners.size > 3000);
  for (const users of owners.values()) assertEquals(users.size, 1);
});

Deno.test("a purchase holds each product once, all in one second", () => {
  const purchases = Map.groupBy(
    rows.filter(({ type, session }) => type === "purchase" && session !== ""),
    ({ session }) => session,
  );
  for (const bought of purchases.values()) {
    assertEquals(new Set(bought.map(({ product }) => product)).size, bought.length);
    assertEquals(new Set(bought.map(({ time }) => time)).size, 1);
  }
});

Deno.test("chunks are small, whatever the size of the file", () => {
  const sizes = [...simulateCsv({ events: 30_000, days: 1 })].map(({ length }) => length);
  assert(sizes.length > 2);
  assert(sizes.every((size) => size <= 1 << 21));
});

Deno.test("progress rises to 1", () => {
  const steps: number[] = [];
  for (const _ of simulateCsv({ events: 2000, days: 3 }, (done) => steps.push(done)));
  assertEquals(steps.length, 72);
  assertEquals(steps.at(-1), 1);
  steps.forEach((step, i) => assert(i === 0 || step >= steps[i - 1]));
});

Deno.test("a bad option is rejected before the first chunk", () => {
  assertThrows(() => simulateCsv({ events: 0 }).next(), InputError, "Cannot simulate events");
});
