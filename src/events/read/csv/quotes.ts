/** Why a line can't be split that ends inside a quoted field, which may go on in the next line. */
export const UNCLOSED = "unclosed quote";

/**
 * Splits a row of CSV into its fields (RFC 4180).
 *
 * @param separator One character.
 * @returns The fields, or why the row can't be split.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(splitQuoted('1,"lamp, 2"" wide",3'), ["1", 'lamp, 2" wide', "3"]);
 * assertEquals(splitQuoted('1,"lamp'), "unclosed quote");
 * ```
 */
export function splitQuoted(row: string, separator = ","): string[] | string {
  if (!row.includes('"')) return row.split(separator);
  const fields: string[] = [];
  let quote = -1;
  for (let at = 0;; at++) {
    if (quote < at) quote = nextOrEnd(row, '"', at);
    const quoted = quote === at && at < row.length;
    const end = quoted
      ? closingQuote(row, at + 1) + 1
      : Math.min(quote, nextOrEnd(row, separator, at));
    if (end === 0) return UNCLOSED;
    if (end < row.length && row[end] !== separator) {
      return quoted ? "text after a closing quote" : "quote inside an unquoted field";
    }
    fields.push(quoted ? row.slice(at + 1, end - 1).replaceAll('""', '"') : row.slice(at, end));
    at = end;
    if (at === row.length) return fields;
  }
}

/** Where a quoted field is closed: a quote that isn't doubled. -1 if it isn't. */
function closingQuote(row: string, from: number): number {
  let at = row.indexOf('"', from);
  while (at >= 0 && row[at + 1] === '"') at = row.indexOf('"', at + 2);
  return at;
}

function nextOrEnd(row: string, character: string, from: number): number {
  const at = row.indexOf(character, from);
  return at < 0 ? row.length : at;
}
