import { parseTime } from "../../src/base/parse_time.ts";
import { assertEquals } from "../assert.ts";

/** A time in ISO 8601, or nothing if it can't be read. */
function read(text: string): string | undefined {
  const microseconds = parseTime(text);
  return microseconds === undefined ? undefined : new Date(microseconds / 1000).toISOString();
}

const NOON = "2019-10-01T12:00:00.000Z";

Deno.test("dates and clocks may have a zone, and are UTC without one", () => {
  for (
    const text of [
      "2019-10-01 12:00:00 UTC",
      "2019-10-01 12:00:00",
      "2019-10-01T12:00:00Z",
      "2019-10-01T12:00:00+00:00",
      "2019-10-01T15:00:00+03:00",
      "2019-10-01 07:00:00-0500",
      "2019-10-01 07:00:00 -0500",
      "2019-10-01 14:00:00+02",
      "2019-10-01T17:30+05:30",
      "2019-10-01 12:00 GMT",
      "2019-10-01 12:00",
      " 2019-10-01 12:00:00  ",
    ]
  ) {
    assertEquals(read(text), NOON, text);
  }
});

Deno.test("twelve-hour clocks: 12 AM is midnight, 12 PM is noon", () => {
  assertEquals(read("2019-10-01 12:00:00 AM"), "2019-10-01T00:00:00.000Z");
  assertEquals(read("2019-10-01 12:00 PM"), NOON);
  assertEquals(read("2019-10-01 1:05:09 pm"), "2019-10-01T13:05:09.000Z");
  assertEquals(read("2019-10-01 13:00:00 PM"), undefined);
});

Deno.test("the size of a number tells its unit: seconds to nanoseconds", () => {
  for (const text of ["1569931200", "1569931200000", "1569931200000000", "1569931200000000000"]) {
    assertEquals(read(text), NOON, text);
  }
  assertEquals(parseTime("1569931200.25"), 1569931200250000);
  assertEquals(parseTime("1569931200000.5"), 1569931200000500);
  assertEquals(parseTime("1569931200123456789"), 1569931200123456);
  assertEquals(parseTime("0"), 0);
});

Deno.test("fractions of a second are kept to the microsecond", () => {
  assertEquals(parseTime("1970-01-01 00:00:01.5 UTC"), 1_500_000);
  assertEquals(parseTime("1970-01-01T00:00:00.123456789Z"), 123_456);
  assertEquals(parseTime("1970-01-01 00:00:00,250"), 250_000);
});

Deno.test("a date alone is its midnight, also without hyphens", () => {
  assertEquals(read("2020-02-29"), "2020-02-29T00:00:00.000Z");
  assertEquals(read("20200229"), "2020-02-29T00:00:00.000Z");
});

Deno.test("anything else isn't a time", () => {
  for (
    const text of [
      ...["", "yesterday", "2019-02-29", "2019-04-31 00:00:00", "2019-13-01", "2019-00-01"],
      ...["2019-10-00", "2019-10-01 24:00:00", "2019-10-01 00:60:00", "2019-10-01 00:00:60"],
      ...["1969-12-31 23:59:59", "2100-01-01", "4102444800", "1970-01-01T00:00:00+03:00"],
      ...["2019-10-01 12:00:00 CET", "2019-10-01 12:00:00 MSK", "2019/10/01 12:00:00"],
      ...["01.10.2019", "10/01/2019 12:00", "2019-10-01 12.00.00", "2019-1a-01", "-1569931200"],
      ...["2019-10-01T12:00:00+25:00", "1e9", "20191301", "2019-10-01 UTC"],
    ]
  ) {
    assertEquals(read(text), undefined, text);
  }
});
