import { wrapText } from "../../../../scripts/lib/tables/wrap.ts";
import { assertEquals } from "../../../assert.ts";

Deno.test("lines break before the word that would pass the width", () => {
  assertEquals(wrapText("one two three four", 9), "one two\nthree\nfour");
  assertEquals(wrapText("one two", 7), "one two");
});

Deno.test("line breaks stay, and so does a word that is longer than the width", () => {
  assertEquals(wrapText("\na b\nincomprehensible c\n", 5), "\na b\nincomprehensible\nc\n");
});

Deno.test("width is counted in characters, not in bytes", () => {
  assertEquals(wrapText("–– ––", 5), "–– ––");
});
