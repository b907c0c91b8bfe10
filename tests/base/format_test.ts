import {
  formatCount,
  formatCounted,
  formatFraction,
  formatMetric,
  formatMillions,
  formatNumber,
  formatPrice,
  formatRange,
  formatShare,
} from "../../src/base/format.ts";
import { assertEquals } from "../assert.ts";

Deno.test("numbers have separators and sensible digits", () => {
  assertEquals(formatCount(4_102_283), "4,102,283");
  assertEquals([.032745, .141, 1, 0, 12.345].map(formatShare), [
    "3.27%",
    "14.1%",
    "100%",
    "0%",
    "1,235%",
  ]);
  assertEquals([.0001, .0000999, 3e-9].map(formatShare), ["0.01%", "< 0.01%", "< 0.01%"]);
  assertEquals([5.1, 1234.567].map(formatPrice), ["5.10", "1,234.57"]);
  assertEquals(formatMetric(.05123), "0.0512");
  assertEquals([.012345, 4.5678, 1234.56, 7, -.5].map(formatNumber), [
    "0.0123",
    "4.57",
    "1,235",
    "7",
    "−0.5",
  ]);
});

Deno.test("a value that isn't finite is a dash", () => {
  assertEquals([formatCount(NaN), formatShare(NaN), formatNumber(Infinity)], ["–", "–", "–"]);
});

Deno.test("one of something is named in the singular, any other number in the plural", () => {
  assertEquals([0, 1, 2, 1234].map((count) => formatCounted(count, "row")), [
    "0 rows",
    "1 row",
    "2 rows",
    "1,234 rows",
  ]);
  assertEquals(formatCounted(2, "category", "categories"), "2 categories");
});

Deno.test("a range of one number is that number; an open-ended one has a plus", () => {
  assertEquals([formatRange(1, 1), formatRange(500, 1999), formatRange(1000, Infinity)], [
    "1",
    "500–1,999",
    "1,000+",
  ]);
});

Deno.test("a size in millions has three digits, a fraction no zero before the point", () => {
  assertEquals([300_000, 20e6, 1_234_567].map(formatMillions), ["0.3M", "20M", "1.23M"]);
  assertEquals([formatFraction(.05123), formatFraction(.0006, 3), formatFraction(1)], [
    ".0512",
    ".001",
    "1.0000",
  ]);
});
