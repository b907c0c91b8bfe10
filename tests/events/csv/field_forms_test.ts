import {
  isPlainDecimal,
  isPlainInteger,
  isPlainTime,
  isTime,
} from "../../../src/events/csv/field_forms.ts";
import { assertEquals } from "../../assert.ts";

type Check = (bytes: Uint8Array, start: number, end: number) => boolean;

/** The texts that a check accepts, with other bytes around each. */
function accepted(check: Check, texts: string[]): string[] {
  return texts.filter((text) => check(new TextEncoder().encode(`9${text}9`), 1, text.length + 1));
}

Deno.test("a plain integer fits into 64 bits and is written as a program would", () => {
  const good = ["", "0", "7", "5712790", "2053013552326770905", "8999999999999999999"];
  const bad = [
    "-7",
    "+7",
    "007",
    "00",
    "7.0",
    "1e3",
    " 7",
    "x",
    "9000000000000000000",
    "1".repeat(20),
  ];
  assertEquals(accepted(isPlainInteger, [...good, ...bad]), good);
});

Deno.test("a plain decimal has digits and at most one point", () => {
  const good = ["", "6.27", "0.00", "-79.37", "5", "5.", ".5"];
  assertEquals(
    accepted(isPlainDecimal, [...good, ".", "-", "1.2.3", "1e3", "+5", "NaN", "5-"]),
    good,
  );
});

const times = ["2019-10-01 00:00:00 UTC", "2020-02-29 23:59:59 UTC", "2099-12-31 23:59:59 UTC"];
const noTimes = [
  "2019-02-29 00:00:00 UTC",
  "2019-04-31 00:00:00 UTC",
  "2019-13-01 00:00:00 UTC",
  "2019-00-01 00:00:00 UTC",
  "2019-10-00 00:00:00 UTC",
  "2019-10-01 24:00:00 UTC",
  "2019-10-01 00:60:00 UTC",
  "2019-10-01 00:00:60 UTC",
  "1969-12-31 23:59:59 UTC",
  "2100-01-01 00:00:00 UTC",
  "2019-10-01 00:00:00 MSK",
  "2019/10/01 00:00:00 UTC",
  "2019-10-01 00.00.00 UTC",
  "2019-1a-01 00:00:00 UTC",
  "2019-10-01 00:00:00 UTC ",
];

Deno.test("a plain time is one of the Kaggle files' form that exists", () => {
  assertEquals(accepted(isPlainTime, ["", ...times, ...noTimes]), ["", ...times]);
});

Deno.test("a time may also be ISO 8601, in UTC", () => {
  const iso = [
    "2019-10-01T00:00:00Z",
    "2019-10-01 00:00:00",
    "2019-10-01T00:00:00.123456+00:00",
    "2019-10-01 00:00:00-0000",
  ];
  const elsewhere = ["2019-10-01T00:00:00+03:00", "2019-10-01", "2019-10-01T00:00", ""];
  assertEquals([...times, ...iso, ...noTimes, ...elsewhere].filter(isTime), [...times, ...iso]);
});
