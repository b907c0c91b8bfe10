import { splitQuoted } from "../../../src/events/csv/quotes.ts";
import { assertEquals } from "../../assert.ts";

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

Deno.test("long quoted lines take time in proportion", () => {
  const fields = Array.from({ length: 20_000 }, (_, index) => `field ${index}`);
  assertEquals(splitQuoted(fields.map((field) => `"${field}"`).join(",")), fields);
});
