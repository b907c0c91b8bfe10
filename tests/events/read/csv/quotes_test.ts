import { splitQuoted } from "../../../../src/events/read/csv/quotes.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("fields may be quoted, with commas and doubled quotation marks", () => {
  assertEquals(splitQuoted(""), [""]);
  assertEquals(splitQuoted("a,,b"), ["a", "", "b"]);
  assertEquals(splitQuoted('"a,b","",c'), ["a,b", "", "c"]);
  assertEquals(splitQuoted('"""a""",""""'), ['"a"', '"']);
  assertEquals(splitQuoted('a,"b"'), ["a", "b"]);
  assertEquals(splitQuoted("a,"), ["a", ""]);
});

Deno.test("a line that can't be split says why", () => {
  const unclosed = "a quotation mark is never closed";
  assertEquals(splitQuoted('"a,b'), unclosed);
  assertEquals(splitQuoted('a,"'), unclosed);
  assertEquals(splitQuoted('"a"",b'), unclosed);
  assertEquals(splitQuoted('"a"b,c'), "something follows a closing quotation mark");
  assertEquals(splitQuoted('a"b",c'), "a quotation mark stands inside an unquoted field");
});

Deno.test("lines as long as may be are split, too", () => {
  const commas = ",".repeat(2 ** 20 - 1);
  assertEquals(splitQuoted(commas).length, 2 ** 20);
  assertEquals(splitQuoted(`"${commas}`), "a quotation mark is never closed");
  assertEquals(splitQuoted(`"${commas}"`), [commas]);
  assertEquals(splitQuoted(`"${'""'.repeat(2 ** 19)}"`), ['"'.repeat(2 ** 19)]);
});
