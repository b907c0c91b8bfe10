import {
  createRowScanner,
  NO_TIME,
  OTHER_TIME,
} from "../../../../src/events/read/csv/row_scanner.ts";
import { assertEquals } from "../../../assert.ts";

const columns = ["event_time", "brand", "product_id", "price"];
const time = "2019-10-01 00:00:00 UTC";

/**
 * What a scan of rows comes to: where it stops, the times it read, and whether all numbers were
 * plain.
 */
function scan(rows: string, names: readonly string[] = columns) {
  const bytes = new TextEncoder().encode(rows);
  const scanner = createRowScanner(names, { capacity: bytes.length });
  scanner.bytes.set(bytes);
  const stop = scanner.scan(0, bytes.length);
  return {
    stop,
    times: [...scanner.times],
    otherTimes: [...scanner.otherTimes],
    numbersPlain: scanner.numbersPlain,
    mayMiss: scanner.mayMiss,
  };
}

/**
 * How a row between others is scanned: whether to its end, and whether its numbers are plain.
 */
function scanned(row: string, names: readonly string[] = columns): string {
  const other = names.map((name) => name === "event_time" ? time : "1").join(",") + "\n";
  const { stop, numbersPlain } = scan(`${other}${row}\n${other}`, names);
  if (stop === other.length) return "unusual";
  assertEquals(stop, new TextEncoder().encode(`${other}${row}\n${other}`).length);
  return numbersPlain ? "plain" : "other numbers";
}

Deno.test("rows of the usual form are plain, empty fields and both systems' line ends too", () => {
  assertEquals(scanned(`${time},f.o.x & co,5712790,6.27`), "plain");
  assertEquals(scanned(`${time},f.o.x,5712790,6.27\r`), "plain");
  assertEquals(scanned(`${time},Ключ,1,1`), "plain");
  assertEquals(scanned(",,,"), "plain");
  assertEquals(scanned(",,,\r"), "plain");
  assertEquals(scanned(`1.5,${time}`, ["price", "event_time"]), "plain");
});

Deno.test("rows with another number of fields or with quotes are unusual", () => {
  for (
    const row of [
      "",
      "\r",
      `${time},x,1`,
      `${time},x,1,1,`,
      `${time},"x",1,1`,
      `${time},x,1,"1"`,
      `${time},x\r,1,1`,
      `${time},x,1,1\r\r`,
    ]
  ) {
    assertEquals(scanned(row), "unusual", JSON.stringify(row));
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

Deno.test("text of any length is skipped unless it holds commas, quotes or line ends", () => {
  for (let length = 0; length < 70; length++) {
    assertEquals(scanned(`${time},${"!".repeat(length)},1,1`), "plain", `${length} letters`);
    assertEquals(scanned(`${time},${"é".repeat(length)}",1,1`), "unusual");
    assertEquals(
      scanned(`${time},x,${"1".repeat(length)},1`),
      length < 20 ? "plain" : "other numbers",
    );
  }
});

Deno.test("a scan reads the times of the rows before the one that it stops at", () => {
  const rows = ["1970-01-01 00:00:00 UTC,,,", "1970-01-02 03:04:05 UTC,,,", ",,,", '"",,,', ",,,"];
  const text = rows.join("\n") + "\n";
  assertEquals(scan(text), {
    stop: text.indexOf('"'),
    times: [0, 86_400 + 3 * 3600 + 4 * 60 + 5, NO_TIME],
    otherTimes: [],
    numbersPlain: true,
    mayMiss: false,
  });
});

Deno.test("times are read as a calendar says, one day after another", () => {
  const days = Array.from({ length: 47_482 }, (_, day) => new Date(86_400_000 * day).toISOString());
  assertEquals([days[0], days.at(-1)], ["1970-01-01T00:00:00.000Z", "2099-12-31T00:00:00.000Z"]);
  const rows = days.map((day) => `${day.slice(0, 10)} 23:59:58 UTC,,,\n`);
  const { times } = scan(rows.join(""));
  assertEquals(times, days.map((_, day) => 86_400 * day + 86_398));
});

Deno.test("times of other forms, and those that don't exist, are marked, with their places", () => {
  const others = [
    ...["2019-02-29", "2019-04-31", "2019-13-01", "2019-00-01", "2019-10-00", "2019-1a-01"],
    ...["1969-12-31", "2100-01-01", "2019/10/01"],
  ].map((date) => `${date} 00:00:00 UTC`);
  const clocks = ["24:00:00 UTC", "00:60:00 UTC", "00:00:60 UTC", "00:00:00 MSK", "-1:00:00 UTC"];
  const all = [
    ...others,
    ...clocks.map((clock) => `2019-10-01 ${clock}`),
    `${time} `,
    "1569888000",
  ];
  for (const other of all) {
    const text = `x,${time},1,1\nx,${other},1,1\nx,,1,1\n`;
    const { stop, times, otherTimes } = scan(text, ["brand", "event_time", "product_id", "price"]);
    assertEquals([stop, times[1], times[2]], [text.length, OTHER_TIME, NO_TIME], other);
    assertEquals(otherTimes, [text.indexOf(other, 10)], other);
  }
});

Deno.test("words that may mean a missing value are noticed, also in the last column", () => {
  const mayMiss = (brand: string) =>
    scan(`${time},1,${brand}\n`, ["event_time", "x", "brand"]).mayMiss;
  const words = ["NULL", "null", "nan", "NaN", "NA", "N/A", "<NA>", "None", "\\N", "unknown"];
  assertEquals(words.map(mayMiss), words.map(() => true));
  assertEquals(["", "runail", "irisk", "8f2e", "a null"].map(mayMiss), Array(5).fill(false));
  // Other columns aren't read.
  assertEquals(scan(`${time},NULL\n`, ["event_time", "x"]).mayMiss, false);
});
