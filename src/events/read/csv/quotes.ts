const FIELD = /"([^"]*(?:""[^"]*)*)"(?=,|$)|[^",]*(?=,|$)/y;
const NEVER_CLOSED = /"[^"]*(?:""[^"]*)*$/y;

/**
 * Splits a line of CSV with quotation marks into its fields (RFC 4180, but that a field ends on the
 * line where it begins: one line is one event).
 *
 * @returns The fields, or why the line can't be split.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(splitQuoted('1,"lamp, 2"" wide",3'), ["1", 'lamp, 2" wide', "3"]);
 * assertEquals(splitQuoted('1,"lamp'), "a quotation mark is never closed");
 * ```
 */
export function splitQuoted(line: string): string[] | string {
  const fields: string[] = [];
  for (let at = 0;; at++) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(line);
    if (match === null) return whyNoField(line, at);
    fields.push(match[1]?.replaceAll('""', '"') ?? match[0]);
    at = FIELD.lastIndex;
    if (at === line.length) return fields;
  }
}

function whyNoField(line: string, at: number): string {
  if (line[at] !== '"') return "a quotation mark stands inside an unquoted field";
  NEVER_CLOSED.lastIndex = at;
  return NEVER_CLOSED.test(line)
    ? "a quotation mark is never closed"
    : "something follows a closing quotation mark";
}
