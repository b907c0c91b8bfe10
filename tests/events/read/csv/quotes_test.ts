import { splitQuoted, UNCLOSED } from "../../../../src/events/read/csv/quotes.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("fields may be quoted, with separators, line breaks and doubled quotes", () => {
  assertEquals(splitQuoted(""), [""]);
  assertEquals(splitQuoted("a,,b"), ["a", "", "b"]);
  assertEquals(splitQuoted('"a,b","",c'), ["a,b", "", "c"]);
  assertEquals(splitQuoted('"""a""",""""'), ['"a"', '"']);
  assertEquals(splitQuoted('a,"b"'), ["a", "b"]);
  assertEquals(splitQuoted("a,"), ["a", ""]);
  assertEquals(splitQuoted('a;"b;\n c"', ";"), ["a", "b;\n c"]);
});

Deno.test("a line that can't be split says why", () => {
  assertEquals(splitQuoted('"a,b'), UNCLOSED);
  assertEquals(splitQuoted('a,"'), UNCLOSED);
  assertEquals(splitQuoted('"a"",b'), UNCLOSED);
  assertEquals(splitQuoted('"a"b,c'), "text after a closing quote");
  assertEquals(splitQuoted('a"b",c'), "quote inside an unquoted field");
});

Deno.test("lines as long as may be are split, too", () => {
  const commas = ",".repeat(2 ** 20 - 1);
  assertEquals(splitQuoted(commas).length, 2 ** 20);
  assertEquals(splitQuoted(`"${commas}`), UNCLOSED);
  assertEquals(splitQuoted(`"${commas}"`), [commas]);
  assertEquals(splitQuoted(`"${'""'.repeat(2 ** 19)}"`), ['"'.repeat(2 ** 19)]);
});
