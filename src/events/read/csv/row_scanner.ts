import { ID_COLUMNS } from "../../tables/schema.ts";

/** Goes through rows as fast as bytes can be compared; nearly all rows need nothing else. */
export interface RowScanner {
  /** Where rows are put to be scanned. */
  readonly bytes: Uint8Array;
  /**
   * Goes through rows up to one that needs a closer look: it hasn't as many fields as there are
   * columns, its time hasn't the usual form, or it has a quotation mark.
   *
   * @param start Where the first row begins in the bytes.
   * @param end Where the last one ends, behind its line feed.
   * @returns Where that row begins, or `end`.
   */
  scan(start: number, end: number): number;
  /**
   * When the rows happened that the last scan went through: seconds since 1970-01-01 UTC,
   * {@linkcode NO_TIME} where the field is empty. A view, overwritten by the next scan.
   */
  readonly times: Uint32Array;
  /** Whether in all rows so far ids were plain integers and prices plain decimals, or nothing. */
  readonly numbersPlain: boolean;
}

/** Stands for a missing time; it lies beyond 2099. */
export const NO_TIME = 2 ** 32 - 1;

/** How the compiled scanner names what a column holds. */
const KINDS = { text: 0, time: 1, integer: 2, decimal: 3 } as const;

/** Beginnings of the parts of its memory; the first page is its own. */
const STATE = 1 << 16;
const COLUMN_KINDS = STATE + 64;
const PAGE = 1 << 16;

/** Where in the state the count of rows and the mark of plain numbers are, in words. */
const ROWS = 0;
const PLAIN = 1;

/** So many bytes after the last row are looked at in vain. */
const SLACK = 64;

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
 * Makes a scanner for the rows of a file with these columns, in WebAssembly.
 *
 * @param options `capacity`: how many bytes are scanned at once at most.
 */
export function createRowScanner(
  columns: readonly string[],
  { capacity }: { capacity: number },
): RowScanner {
  compiled ??= new WebAssembly.Module(
    Deno.readFileSync(new URL("./row_scanner.wasm", import.meta.url)),
  );
  const times = roundUp(COLUMN_KINDS + columns.length);
  // A row has at least a comma for every column but the last, and the line feed.
  const mostRows = Math.ceil(capacity / columns.length);
  const bytes = roundUp(times + 4 * mostRows);
  const memory = new WebAssembly.Memory({ initial: roundUp(bytes + capacity + SLACK) / PAGE });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const { scanRows } = exports as unknown as Exports;
  const state = new Uint32Array(memory.buffer, STATE, 2);
  state[PLAIN] = 1;
  new Uint8Array(memory.buffer, COLUMN_KINDS).set(columns.map(kindOf));
  return {
    bytes: new Uint8Array(memory.buffer, bytes, capacity),
    scan: (start, end) =>
      scanRows(bytes + start, bytes + end, COLUMN_KINDS, columns.length, STATE, times) - bytes,
    get times() {
      return new Uint32Array(memory.buffer, times, state[ROWS]);
    },
    get numbersPlain() {
      return state[PLAIN] === 1;
    },
  };
}

function kindOf(column: string): number {
  if (column === "event_time") return KINDS.time;
  if (column === "price") return KINDS.decimal;
  return (ID_COLUMNS as readonly string[]).includes(column) ? KINDS.integer : KINDS.text;
}

function roundUp(bytes: number): number {
  return PAGE * Math.ceil(bytes / PAGE);
}
