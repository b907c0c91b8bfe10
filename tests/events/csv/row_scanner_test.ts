import { createRowScanner } from "../../../src/events/csv/row_scanner.ts";
import { assertEquals } from "../../assert.ts";

const columns = ["event_time", "brand", "product_id", "price"];
const time = "2019-10-01 00:00:00 UTC";

/** How a row is scanned that stands between others: whether to its end, and whether its numbers are plain. */
function scanned(row: string, names: readonly string[] = columns): string {
  const before = `${time},x,1,1\n`;
  const bytes = new TextEncoder().encode(`${before}${row}\n${before}`);
  const scanner = createRowScanner(names);
  const end = scanner.scan(bytes, before.length);
  if (end < 0) return "look closely";
  assertEquals(end, bytes.indexOf(10, before.length));
  return scanner.numbersPlain ? "plain" : "other numbers";
}

Deno.test("rows of the usual form are plain, empty fields and both systems' line ends too", () => {
  assertEquals(scanned(`${time},f.o.x & co,5712790,6.27`), "plain");
  assertEquals(scanned(`${time},f.o.x,5712790,6.27\r`), "plain");
  assertEquals(scanned(`${time},Ключ,1,1`), "plain");
  assertEquals(scanned(",,,"), "plain");
  assertEquals(scanned(",,,\r"), "plain");
  assertEquals(scanned(`1.5,${time}`, ["price", "event_time"]), "plain");
});

Deno.test("another number of fields, quotation marks and other times are looked at closely", () => {
  for (
    const row of [
      "",
      "\r",
      `${time},x,1`,
      `${time},x,1,1,`,
      `${time},"x",1,1`,
      `${time},x,1,"1"`,
      `2019-10-01,x,1,1`,
      `${time} ,x,1,1`,
      `${time},x\r,1,1`,
      `${time},x,1,1\r\r`,
    ]
  ) {
    assertEquals(scanned(row), "look closely", JSON.stringify(row));
  }
});

Deno.test("an id is plain if it fits into 64 bits and is written as a program would", () => {
  const form = (id: string) => scanned(`${time},x,${id},1`);
  for (const id of ["0", "7", "5712790", "2053013552326770905", "8999999999999999999"]) {
    assertEquals(form(id), "plain", id);
  }
  const others = ["-7", "+7", "007", "00", "7.0", "1e3", " 7", "7 ", "x", "9000000000000000000"];
  for (const id of [...others, "1".repeat(20)]) assertEquals(form(id), "other numbers", id);
});

Deno.test("a price is plain if it has digits, at most one point, and maybe a minus", () => {
  const form = (price: string) => scanned(`${time},x,1,${price}`);
  for (const price of ["6.27", "0.00", "-79.37", "5", "5.", ".5", "-.5", "007"]) {
    assertEquals(form(price), "plain", price);
  }
  for (const price of [".", "-", "-.", "1.2.3", "1e3", "+5", "NaN", "5-", "1 2", " 5"]) {
    assertEquals(form(price), "other numbers", price);
  }
});
