/**
 * Splits a line of CSV with quotation marks into its fields (RFC 4180, but that a field ends on the line where
 * it begins: one line is one event).
 *
 * @returns The fields, or why the line can't be split.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert/equals";
 *
 * assertEquals(splitQuoted('1,"lamp, 2"" wide",3'), ["1", 'lamp, 2" wide', "3"]);
 * assertEquals(splitQuoted('1,"lamp'), "a quotation mark is never closed");
 * ```
 */
export function splitQuoted(line: string): string[] | string {
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(rest);
    if (!quoted && rest.startsWith('"')) {
      return /^"(?:[^"]|"")*$/.test(rest)
        ? "a quotation mark is never closed"
        : "something follows a closing quotation mark";
    }
    const field = quoted ? quoted[0] : rest.slice(0, (rest + ",").indexOf(","));
    if (!quoted && field.includes('"')) return "a quotation mark stands inside an unquoted field";
    fields.push(quoted ? quoted[1].replaceAll('""', '"') : field);
    if (field.length === rest.length) return fields;
    rest = rest.slice(field.length + 1);
  }
}
