/** Where the fields of one line of CSV are: field `i` from `starts[i]` up to `ends[i]`, bytes of a buffer. */
export interface Fields {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** How many fields the line has; those beyond the length of `starts` are counted but not located. */
  count: number;
  /** Where the line's text ends. */
  end: number;
  /** Whether a quotation mark is in the line. */
  quoted: boolean;
  /** Whether all bytes are ASCII. */
  ascii: boolean;
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;

/** Makes room for the fields of lines that should have `width` of them. */
export function createFields(width: number): Fields {
  const starts = new Int32Array(width);
  const ends = new Int32Array(width);
  return { starts, ends, count: 0, end: 0, quoted: false, ascii: true };
}

/**
 * Finds the fields of the line that begins at `start`, as if quotation marks had no meaning.
 *
 * @param bytes Must hold a line feed at or after `start`.
 * @returns Where that line feed is.
 */
export function locateFields(bytes: Uint8Array, start: number, fields: Fields): number {
  const { starts, ends } = fields;
  let count = 0;
  let seen = 0;
  let quoted = false;
  let fieldStart = start;
  let i = start;
  for (;; i++) {
    const byte = bytes[i];
    seen |= byte;
    if (byte > COMMA) continue;
    if (byte === COMMA || byte === NEWLINE) {
      if (count < starts.length) {
        starts[count] = fieldStart;
        ends[count] = i;
      }
      count++;
      fieldStart = i + 1;
      if (byte === NEWLINE) break;
    } else if (byte === QUOTE) {
      quoted = true;
    }
  }
  fields.end = i > start && bytes[i - 1] === RETURN ? i - 1 : i;
  if (count <= ends.length) ends[count - 1] = fields.end;
  fields.count = count;
  fields.quoted = quoted;
  fields.ascii = seen < 128;
  return i;
}
