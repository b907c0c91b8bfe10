import { createRandom } from "../../src/linalg/random.ts";
import { CsvWriter } from "../../src/simulate/csv.ts";
import { planSimulation } from "../../src/simulate/parameters/options.ts";
import { REMOVAL } from "../../src/simulate/visits/timeline.ts";
import { assert, assertEquals, assertMatch } from "../assert.ts";

const text = ",5712790,1487580005268456287,,Zurivel silk soap (rose),zurivel,6.27,";
const texts = {
  bytes: new TextEncoder().encode(text),
  start: Uint32Array.of(0, text.length),
  price: Uint32Array.of(text.length - 5),
};

function write(times: Iterable<number>): string[] {
  const writer = new CsvWriter(planSimulation({ start: "2019-12-01" }), texts, createRandom(1));
  const decoder = new TextDecoder();
  let written = "";
  for (const time of times) {
    const data = Uint32Array.of(99, 99, time, REMOVAL, 0, 576802932, 12);
    writer.write({ data, positions: Uint32Array.of(2) }, 2);
    if (writer.full) written += decoder.decode(writer.take());
  }
  return (written + decoder.decode(writer.take())).split("\n");
}

Deno.test("a row is written as the real shop writes it", () => {
  const [header, row, end] = write([26 * 3600 + 61]);
  assertEquals(
    header,
    "event_time,event_type,product_id,category_id,category_code,title,brand,price," +
      "user_id,user_session",
  );
  assert(row.startsWith("2019-12-02 02:01:01 UTC,remove_from_cart" + text + "576802932,"));
  assertMatch(row, /,[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  assertEquals(end, "");
});

Deno.test("some rows have no session and some days no price, at the rates of the real shop", () => {
  const rows = write(Array.from({ length: 100_000 }, (_, i) => 25 * i)).slice(1, -1);
  const withoutSession = rows.filter((row) => row.endsWith(",")).length;
  assert(withoutSession > 10 && withoutSession < 40, `${withoutSession} without session`);
  const years = write(Array.from({ length: 10_000 }, (_, day) => 86_400 * day)).slice(1, -1);
  const withoutPrice = years.filter((row) => row.includes(",0.00,")).length;
  assert(withoutPrice > 20 && withoutPrice < 70, `${withoutPrice} without price`);
});
