import pl from "nodejs-polars";
import {
  type DecimalMark,
  findDecimalMark,
  parsePrice,
} from "../../../../src/events/read/values/prices.ts";
import { typeValues } from "../../../../src/events/read/values/typed_events.ts";
import { assertEquals } from "../../../assert.ts";
import { column } from "../../raw_files.ts";

const all = (texts: string[], decimal: DecimalMark) =>
  texts.map((text) => parsePrice(text, decimal));

Deno.test("plain numbers are prices, negative ones and exponents too", () => {
  assertEquals(all(["6.27", "5", "5.", ".5", "-3", "0.00", "1e2", "007"], "."), [
    ...[6.27, 5, 5, 0.5, -3, 0, 100, 7],
  ]);
});

Deno.test("currencies before and after a price don't count, nor do blanks", () => {
  assertEquals(
    all(["$4.99", "4.99 USD", "EUR 4.99", "US$4.99", "4.99 €", " 4.99\u00a0", "4.99eur"], "."),
    Array(7).fill(4.99),
  );
});

Deno.test("with a decimal dot, commas may only group thousands", () => {
  assertEquals(all(["1,000.00", "1,000", "$12,345,678.90", "-1,000.5"], "."), [
    ...[1000, 1000, 12345678.9, -1000.5],
  ]);
  assertEquals(all(["12,50", "1,00,000", "1,0000"], "."), [NaN, NaN, NaN]);
});

Deno.test("with a decimal comma, dots may only group thousands", () => {
  assertEquals(all(["12,50", "1.000,00", "1.000", "1 234,5 €", "1'234,5", "7"], ","), [
    ...[12.5, 1000, 1000, 1234.5, 1234.5, 7],
  ]);
  assertEquals(all(["12.50"], ","), [NaN]);
});

Deno.test("nulls of programs and a dash are missing, other texts can't be read", () => {
  assertEquals(
    all(["", "-", "NULL", "nan", "NaN", "None", "\\N", "NA"], "."),
    Array(8).fill(undefined),
  );
  assertEquals(all(["free", "1.2.3", "inf", "4.99 or less", "--5"], "."), Array(5).fill(NaN));
});

Deno.test("the decimal mark is a comma where most prices end with one and two digits", () => {
  assertEquals(findDecimalMark(["12,50", "7,9", "1.000,00", "5"]), ",");
  assertEquals(findDecimalMark(["1,000", "2,000", "5"]), ".");
  assertEquals(findDecimalMark(["4.99 USD", "1,000.00"]), ".");
  assertEquals(findDecimalMark([]), ".");
});

Deno.test("a column of numbers may have infinite values, which can't be read, and NaN", () => {
  const table = pl.DataFrame({ price: [1.5, NaN, Infinity, -1] });
  const { events, unreadablePrices } = typeValues(table, ".");
  assertEquals(column(events, "price"), ["1.5", null, null, "-1.0"]);
  assertEquals(unreadablePrices, 1);
});
