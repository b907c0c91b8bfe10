import { inColumnOrder } from "../../models/neighbours/strongest_per_row.ts";
import { type Csr, csrOfRows } from "../../linalg/sparse/csr.ts";
import { topAmong } from "../../linalg/top_k.ts";

/** How many entries a row has room for once it has one. */
const FIRST = 8;

const NO_ITEMS = new Uint32Array(0);
const NO_SCORES = new Float32Array(0);

/** Some entries of a row, of which the first `count` are there. */
interface Row {
  items: Uint32Array;
  scores: Float32Array;
  count: number;
}

/**
 * The largest entries above 0 of each row of a square matrix whose entries come in any order; of a
 * tie, those of the first columns. Holds at most twice as many as are kept, or 8 of a row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const entries = new StrongestEntries({ size: 3, keep: 1 });
 * entries.add(0, 2, 5);
 * entries.add(0, 1, 5);
 * assertEquals(entries.toCsr().indices, Uint32Array.of(1));
 * ```
 */
export class StrongestEntries {
  readonly #keep: number;
  readonly #rows: Row[];

  /** @param options `size`: of rows and of columns. `keep`: most entries of a row, at least 1. */
  constructor({ size, keep }: { size: number; keep: number }) {
    this.#keep = keep;
    this.#rows = Array.from(
      { length: size },
      () => ({ items: NO_ITEMS, scores: NO_SCORES, count: 0 }),
    );
  }

  /** Adds an entry; each may come once. */
  add(row: number, column: number, value: number): void {
    if (!(value > 0)) return;
    const entries = this.#rows[row];
    if (entries.count === entries.items.length) this.#makeRoom(entries);
    entries.items[entries.count] = column;
    entries.scores[entries.count++] = value;
  }

  #makeRoom(row: Row): void {
    const { items, scores, count } = row;
    if (count < 2 * this.#keep) {
      const length = Math.max(FIRST, Math.min(2 * count, 2 * this.#keep));
      row.items = new Uint32Array(length);
      row.scores = new Float32Array(length);
      row.items.set(items);
      row.scores.set(scores);
      return;
    }
    const kept = topAmong(row, this.#keep);
    items.set(kept.indices);
    scores.set(kept.scores);
    row.count = kept.indices.length;
  }

  toCsr(): Csr {
    const rows = this.#rows.map(({ items, scores, count }) =>
      inColumnOrder(
        topAmong(
          { items: items.subarray(0, count), scores: scores.subarray(0, count) },
          this.#keep,
        ),
      )
    );
    return csrOfRows(rows, rows.length);
  }
}
