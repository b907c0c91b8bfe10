import type { Csr } from "./csr.ts";
import { isPacked, type PackedCsr, RowReader } from "./packed_csr.ts";

/** One score per item, at least 0, of which most are 0. */
export interface SparseScores {
  /** The score of every item. */
  readonly values: Float32Array;
  /** The items that score above 0, each once, in any order. */
  readonly touched: Uint32Array;
  /** The least score, without what items add to themselves. */
  readonly least: number;
  /**
   * The largest score, without what items add to themselves unless others add nothing; 0 if all
   * scores are.
   */
  readonly largest: number;
}

/**
 * Sums parts of scores, and remembers which items have any: reading and clearing the scores takes
 * time linear in these items, not in all.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const sums = new SparseSums(4);
 * sums.add(2, 0.5);
 * sums.add(2, 1);
 * assertEquals(sums.values, Float32Array.of(0, 0, 1.5, 0));
 * assertEquals(sums.touched, Uint32Array.of(2));
 * ```
 */
export class SparseSums implements SparseScores {
  readonly values: Float32Array;
  readonly #touched: Uint32Array;
  readonly #reader = new RowReader();
  #count = 0;
  #largest = 0;
  #largestSelf = 0;
  /** Before the first item added to itself. */
  #leastBefore?: number;

  /** @param size Number of items. */
  constructor(size: number) {
    this.values = new Float32Array(size);
    this.#touched = new Uint32Array(size);
  }

  get touched(): Uint32Array {
    return this.#touched.subarray(0, this.#count);
  }

  get least(): number {
    return this.#leastBefore ?? this.#leastOfAll();
  }

  #leastOfAll(): number {
    return this.#count < this.values.length ? 0 : this.values.reduce((a, b) => Math.min(a, b));
  }

  /** Scores only grow, so it is the largest that any item ever had. */
  get largest(): number {
    return this.#largest || this.#largestSelf;
  }

  /** Adds to an item's score, in single precision; `part` is at least 0. */
  add(item: number, part: number): void {
    const { values } = this;
    const before = values[item];
    const after = Math.fround(before + part);
    values[item] = after;
    if (after > this.#largest) this.#largest = after;
    // A part so small that it rounds to 0 leaves the item untouched.
    if (before === 0 && after !== 0) this.#touched[this.#count++] = item;
  }

  /** Adds what an item adds to itself, after all that others do, as {@linkcode SparseSums.add}. */
  addSelf(item: number, part: number): void {
    this.#leastBefore ??= this.#leastOfAll();
    const largest = this.#largest;
    this.#largest = 0;
    this.add(item, part);
    this.#largestSelf = Math.max(this.#largestSelf, this.#largest);
    this.#largest = largest;
  }

  /** Adds the same part to some items of a list, as {@linkcode SparseSums.add} does. */
  addToAll(
    items: ArrayLike<number>,
    part: number,
    { start, end }: { start: number; end: number },
  ): void {
    const { values } = this, touched = this.#touched;
    let count = this.#count, largest = this.#largest;
    for (let p = start; p < end; p++) {
      const item = items[p], before = values[item];
      const after = Math.fround(before + part);
      values[item] = after;
      if (after > largest) largest = after;
      if (before === 0 && after !== 0) touched[count++] = item;
    }
    this.#count = count;
    this.#largest = largest;
  }

  /**
   * Adds a part of its own to each of some items of a list, as {@linkcode SparseSums.add} does.
   *
   * @param parts In the order of the items, from `start` on.
   */
  addEach(
    items: ArrayLike<number>,
    parts: ArrayLike<number>,
    start: number,
    end: number,
  ): void {
    const { values } = this, touched = this.#touched;
    let count = this.#count, largest = this.#largest;
    for (let p = start; p < end; p++) {
      const item = items[p], before = values[item];
      const after = Math.fround(before + parts[p - start]);
      values[item] = after;
      if (after > largest) largest = after;
      if (before === 0 && after !== 0) touched[count++] = item;
    }
    this.#count = count;
    this.#largest = largest;
  }

  /** Adds a row of a matrix without negative numbers, times a factor of at least 0. */
  addRow(matrix: Csr | PackedCsr, row: number, factor: number): void {
    if (isPacked(matrix)) return this.#addPackedRow(matrix, row, factor);
    // Most of the time of training's lists goes in here: a loop without calls takes the least.
    const { values } = this, touched = this.#touched;
    const { indptr, indices, values: parts } = matrix;
    let count = this.#count, largest = this.#largest;
    for (let p = indptr[row], end = indptr[row + 1]; p < end; p++) {
      const item = indices[p];
      const before = values[item];
      const after = Math.fround(before + factor * parts[p]);
      values[item] = after;
      if (after > largest) largest = after;
      if (before === 0 && after !== 0) touched[count++] = item;
    }
    this.#count = count;
    this.#largest = largest;
  }

  #addPackedRow(matrix: PackedCsr, row: number, factor: number): void {
    const { values } = this, touched = this.#touched, reader = this.#reader;
    const entries = reader.read(matrix, row);
    const { indices, values: parts } = reader;
    let count = this.#count, largest = this.#largest;
    for (let p = 0; p < entries; p++) {
      const item = indices[p], before = values[item];
      const after = Math.fround(before + factor * parts[p]);
      values[item] = after;
      if (after > largest) largest = after;
      if (before === 0 && after !== 0) touched[count++] = item;
    }
    this.#count = count;
    this.#largest = largest;
  }

  /** Sets all scores to 0. */
  clear(): void {
    const { values } = this, touched = this.#touched, count = this.#count;
    if (2 * count > values.length) values.fill(0);
    else for (let i = 0; i < count; i++) values[touched[i]] = 0;
    this.#count = this.#largest = this.#largestSelf = 0;
    this.#leastBefore = undefined;
  }
}
