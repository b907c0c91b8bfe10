import { ID_COLUMNS } from "../schema.ts";
import { isPlainTime, TIME_LENGTH } from "./times.ts";

/** Goes through rows as fast as bytes can be compared; nearly all rows need nothing else. */
export interface RowScanner {
  /**
   * Goes through the row that begins at `start`.
   *
   * @param bytes Must hold a line feed at or after `start`.
   * @returns Where its line feed is; -1 if the row needs a closer look: it hasn't as many fields as there are
   * columns, its time hasn't the usual form, or it has a quotation mark.
   */
  scan(bytes: Uint8Array, start: number): number;
  /** Whether in all rows so far ids were plain integers and prices plain decimals, or nothing. */
  readonly numbersPlain: boolean;
}

/** Finds where a field ends that begins at `at`; -1 if it hasn't the form that the column should have. */
type FieldScanner = (bytes: Uint8Array, at: number) => number;

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** Makes a scanner for the rows of a file with these columns. */
export function createRowScanner(columns: readonly string[]): RowScanner {
  const scanners = columns.map(scannerOf);
  const last = columns.length - 1;
  let numbersPlain = true;

  function scan(bytes: Uint8Array, start: number): number {
    for (let column = 0, at = start;; column++) {
      const scanField = scanners[column];
      let end = scanField(bytes, at);
      if (end < 0 && (scanField === endOfInteger || scanField === endOfDecimal)) {
        numbersPlain = false;
        end = endOfText(bytes, at);
      }
      if (end < 0) return -1;
      if (column === last) {
        if (bytes[end] === RETURN) end++;
        return bytes[end] === NEWLINE ? end : -1;
      }
      if (bytes[end] !== COMMA) return -1;
      at = end + 1;
    }
  }
  return {
    scan,
    get numbersPlain() {
      return numbersPlain;
    },
  };
}

function scannerOf(column: string): FieldScanner {
  if (column === "event_time") return endOfTime;
  if (column === "price") return endOfDecimal;
  return (ID_COLUMNS as readonly string[]).includes(column) ? endOfInteger : endOfText;
}

function endOfText(bytes: Uint8Array, at: number): number {
  for (let i = at;; i++) {
    const byte = bytes[i];
    if (byte > COMMA) continue;
    if (endsField(byte)) return i;
    if (byte === QUOTE) return -1;
  }
}

function endOfTime(bytes: Uint8Array, at: number): number {
  if (endsField(bytes[at])) return at;
  return isPlainTime(bytes, at) ? at + TIME_LENGTH : -1;
}

/** A plain integer is what a program would write: without a sign, without zeros in front, below 2⁶³. */
function endOfInteger(bytes: Uint8Array, at: number): number {
  const end = endOfDigits(bytes, at);
  const digits = end - at;
  if (digits > 1 && bytes[at] === ZERO) return -1;
  // 19 digits, the first of them below 9, are below 2⁶³.
  if (digits > 19 || (digits === 19 && bytes[at] === NINE)) return -1;
  return endsField(bytes[end]) ? end : -1;
}

/** A plain decimal has digits, at most one point, and maybe a minus in front. */
function endOfDecimal(bytes: Uint8Array, at: number): number {
  if (endsField(bytes[at])) return at;
  const from = bytes[at] === MINUS ? at + 1 : at;
  let end = endOfDigits(bytes, from);
  const points = bytes[end] === POINT ? 1 : 0;
  if (points > 0) end = endOfDigits(bytes, end + 1);
  return end - from > points && endsField(bytes[end]) ? end : -1;
}

function endOfDigits(bytes: Uint8Array, at: number): number {
  let end = at;
  while (bytes[end] >= ZERO && bytes[end] <= NINE) end++;
  return end;
}

function endsField(byte: number): boolean {
  return byte === COMMA || byte === NEWLINE || byte === RETURN;
}
