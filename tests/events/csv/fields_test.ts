import { createFields, locateFields } from "../../../src/events/csv/fields.ts";
import { assertEquals } from "../../assert.ts";

const encoder = new TextEncoder();

function fieldsOf(line: string, width: number) {
  const before = "before,\n";
  const bytes = encoder.encode(`${before}${line}\nafter`);
  const fields = createFields(width);
  const end = locateFields(bytes, before.length, fields);
  assertEquals(end, before.length + encoder.encode(line).length);
  const { count, quoted, ascii, starts, ends } = fields;
  const located = Math.min(count, width);
  const texts = Array.from(
    { length: located },
    (_, i) => new TextDecoder().decode(bytes.subarray(starts[i], ends[i])),
  );
  return { texts, count, quoted, ascii };
}

Deno.test("fields lie between commas, up to the line's end of either system", () => {
  const expected = { texts: ["a", "", "bc"], count: 3, quoted: false, ascii: true };
  assertEquals(fieldsOf("a,,bc", 3), expected);
  assertEquals(fieldsOf("a,,bc\r", 3), expected);
  assertEquals(fieldsOf("", 2), { texts: [""], count: 1, quoted: false, ascii: true });
});

Deno.test("fields beyond the width are counted", () => {
  assertEquals(fieldsOf("a,b,c,d\r", 2), {
    texts: ["a", "b"],
    count: 4,
    quoted: false,
    ascii: true,
  });
});

Deno.test("quotation marks and other characters than ASCII are reported", () => {
  assertEquals(fieldsOf('a,"b"', 2), { texts: ["a", '"b"'], count: 2, quoted: true, ascii: true });
  assertEquals(fieldsOf("ключ,b", 2), {
    texts: ["ключ", "b"],
    count: 2,
    quoted: false,
    ascii: false,
  });
});
