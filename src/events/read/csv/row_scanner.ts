import { columnsOf } from "../../tables/columns.ts";

/** Scans rows with SIMD, as fast as bytes can be compared; nearly all rows need no other check. */
export interface RowScanner {
  /** The buffer that holds the rows to scan. */
  readonly bytes: Uint8Array;
  /**
   * Scans rows up to the first unusual one: with another number of fields than columns, or a quote.
   *
   * @param start Where the first row begins in the buffer.
   * @param end Where the last row ends, after its line feed.
   * @returns Where the unusual row begins, or `end`.
   */
  scan(start: number, end: number): number;
  /**
   * The times of the rows of the last scan: seconds since 1970-01-01 UTC, {@linkcode NO_TIME} if
   * the field is empty, or {@linkcode OTHER_TIME}. A view, overwritten by the next scan.
   */
  readonly times: Uint32Array;
  /**
   * Where the times of other forms begin in the buffer, of the rows of the last scan; their times
   * are {@linkcode OTHER_TIME}.
   */
  readonly otherTimes: Uint32Array;
  /** Whether all ids so far were plain integers, and all prices plain decimals, or empty. */
  readonly numbersPlain: boolean;
  /** Whether a text so far may have been a word for a missing value, such as `NULL`. */
  readonly mayMiss: boolean;
}

/** Means a missing time; it is beyond 2099. */
export const NO_TIME = 2 ** 32 - 1;

/** Means a time of another form than `2019-10-01 00:00:00 UTC`. */
export const OTHER_TIME = NO_TIME - 1;

/** The compiled scanner's numbers for the kinds of columns. */
const KINDS = { text: 0, time: 1, integer: 2, decimal: 3, words: 4 } as const;

/** The layout of its memory; the first page is reserved for the scanner itself. */
const STATE = 1 << 16;
const COLUMN_KINDS = STATE + 64;
const PAGE = 1 << 16;

/**
 * Where the state has the number of rows, the flag for plain numbers and the separator, in words.
 */
const ROWS = 0;
const PLAIN = 1;
const SEPARATOR = 6;
const MISSING = 7;
const OTHERS = 8;
const OTHERS_AT = 9;
const STATE_WORDS = 11;

/** SIMD loads may read this many bytes beyond the last row. */
const SLACK = 64;

const IDS: readonly string[] = columnsOf("id");
const TEXTS: readonly string[] = columnsOf("text");

interface Exports {
  scanRows(
    start: number,
    end: number,
    kinds: number,
    columns: number,
    state: number,
    times: number,
  ): number;
}

let compiled: WebAssembly.Module | undefined;

/**
 * Creates a scanner for rows with these columns, in WebAssembly.
 *
 * @param options `capacity`: the most bytes to scan at a time. `separator`: between fields; default
 * a comma. `plainPrices`: whether prices may be plain decimals; default true.
 */
export function createRowScanner(
  columns: readonly string[],
  { capacity, separator = ",", plainPrices = true }: {
    capacity: number;
    separator?: string;
    plainPrices?: boolean;
  },
): RowScanner {
  compiled ??= new WebAssembly.Module(
    Deno.readFileSync(new URL("./row_scanner.wasm", import.meta.url)),
  );
  const times = roundUp(COLUMN_KINDS + columns.length);
  // A row has at least a separator after every column but the last, and a line feed.
  const mostRows = Math.ceil(capacity / columns.length);
  const others = roundUp(times + 4 * mostRows);
  const bytes = roundUp(others + 4 * mostRows);
  const memory = new WebAssembly.Memory({ initial: roundUp(bytes + capacity + SLACK) / PAGE });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const { scanRows } = exports as unknown as Exports;
  const state = new Uint32Array(memory.buffer, STATE, STATE_WORDS);
  state[OTHERS_AT] = others;
  state[PLAIN] = 1;
  state[SEPARATOR] = separator.charCodeAt(0);
  const kinds = columns.map((name) => kindOf(name, plainPrices));
  new Uint8Array(memory.buffer, COLUMN_KINDS).set(kinds);
  return {
    bytes: new Uint8Array(memory.buffer, bytes, capacity),
    scan: (start, end) =>
      scanRows(bytes + start, bytes + end, COLUMN_KINDS, columns.length, STATE, times) - bytes,
    get times() {
      return new Uint32Array(memory.buffer, times, state[ROWS]);
    },
    get otherTimes() {
      return new Uint32Array(memory.buffer, others, state[OTHERS]).map((field) => field - bytes);
    },
    get numbersPlain() {
      return state[PLAIN] === 1;
    },
    get mayMiss() {
      return state[MISSING] === 1;
    },
  };
}

function kindOf(column: string, plainPrices: boolean): number {
  if (column === "event_time") return KINDS.time;
  if (column === "price" && plainPrices) return KINDS.decimal;
  if (IDS.includes(column)) return KINDS.integer;
  return TEXTS.includes(column) ? KINDS.words : KINDS.text;
}

function roundUp(bytes: number): number {
  return PAGE * Math.ceil(bytes / PAGE);
}
