// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

/**
 * The largest entries, except on the diagonal, of some rows of a similarity matrix with the
 * numerator s = AᵀDA for a diagonal D:
 *
 *   0: s / (norm_row · damped_column + shrinkage)
 *   1: s / (√(norm_row · norm_column) + shrinkage)
 *   2: s / (norm_row + norm_column − s + shrinkage)
 *
 * Sums run over the rows of A in order, in double precision. Entries that aren't above 0 are
 * dropped; ties in single precision go to the column that was encountered first.
 *
 * @param row The first row; `end` is exclusive.
 * @param entryPtr Row starts of Aᵀ in `entries`, counted in entries.
 * @param entries Pairs: the start of the row's record, in units of 8 bytes, and the entry's value.
 * @param records For each row of A: its entry of D as a double, its number of entries in 8 bytes,
 * and pairs of a column and its value.
 * @param norms One double per column; so is `damped`.
 * @param keep Maximum number of entries per row.
 * @param starts For each row, the position of its entries in `outIndices` and `outValues`, where
 * they are ordered by column.
 * @param counts Overwritten with the number of entries of each row.
 * @param columns Columns of A.
 * @param scratch 9 bytes per column, zero before and after each call; then 8 bytes for each of
 * `keep` entries; then 4 bytes for each column and one more.
 */
export function nearestRows(
  row: i32,
  end: i32,
  entryPtr: usize,
  entries: usize,
  records: usize,
  similarity: i32,
  norms: usize,
  damped: usize,
  shrinkage: f64,
  keep: i32,
  starts: usize,
  outIndices: usize,
  outValues: usize,
  counts: usize,
  columns: i32,
  scratch: usize,
): void {
  const marks = scratch + (<usize> columns << 3);
  const heap = (marks + <usize> columns + 7) & ~7;
  const touched = heap + (<usize> keep << 3);
  for (; row < end; row++) {
    const first = entries + (<usize> load<u32>(entryPtr + (<usize> row << 2)) << 3);
    const last = entries + (<usize> load<u32>(entryPtr + (<usize> row << 2), 4) << 3);
    const count = accumulateRow(row, first, last, records, scratch, marks, touched);
    const kept = strongest(
      row,
      count,
      similarity,
      norms,
      damped,
      shrinkage,
      keep,
      scratch,
      marks,
      touched,
      heap,
    );
    const start = <usize> load<u32>(starts + (<usize> row << 2)) << 2;
    writeByColumn(heap, kept, touched, outIndices + start, outValues + start);
    store<u32>(counts + (<usize> row << 2), kept);
  }
}

/** Bytes of entries whose records are loaded into the cache together. */
const FETCHED: usize = 256;

/** Touches records before they are needed, so that cache misses overlap. */
function fetchRecords(from: usize, to: usize, records: usize, sink: usize): void {
  let sum: u32 = 0;
  for (let p = from; p < to; p += 8) {
    const record = records + (<usize> load<u32>(p) << 3);
    sum += load<u32>(record) + load<u32>(record, 64);
  }
  // Keeps the compiler from removing the loads; overwritten by the next column.
  store<u32>(sink, sum);
}

/**
 * Sums one row of AᵀDA.
 *
 * @param sums Receives the row's value in each column.
 * @param marks Set to 1 for each column encountered.
 * @param touched Receives these columns in the order in which they were encountered.
 * @returns Their number.
 */
function accumulateRow(
  row: i32,
  first: usize,
  last: usize,
  records: usize,
  sums: usize,
  marks: usize,
  touched: usize,
): i32 {
  let to = touched;
  // Marks the row's own column, so that it is never added to the list.
  store<u8>(marks + <usize> row, 1);
  for (let p = first; p < last; p += 8) {
    if ((p - first) % FETCHED === 0) fetchRecords(p, min(p + FETCHED, last), records, to);
    const record = records + (<usize> load<u32>(p) << 3);
    const factor = <f64> load<f32>(p, 4) * load<f64>(record);
    const end = record + 16 + (<usize> load<u32>(record, 8) << 3);
    for (let q = record + 16; q < end; q += 8) {
      const column = <usize> load<u32>(q);
      // Always writes the column, but advances only if it is new: a branch would be mispredicted.
      store<u32>(to, <u32> column);
      to += <usize> (1 - load<u8>(marks + column)) << 2;
      store<u8>(marks + column, 1);
      const sum = sums + (column << 3);
      store<f64>(sum, load<f64>(sum) + factor * <f64> load<f32>(q, 4));
    }
  }
  store<f64>(sums + (<usize> row << 3), 0);
  store<u8>(marks + <usize> row, 0);
  return <i32> ((to - touched) >> 2);
}

/**
 * Selects a row's largest similarities, and clears its sums and marks.
 *
 * @param heap Receives one key per similarity: its bits and, below them, the inverted place of its
 * column in `touched`, so that keys compare as numbers. The root is the smallest.
 * @returns Their number.
 */
function strongest(
  row: i32,
  count: i32,
  similarity: i32,
  norms: usize,
  damped: usize,
  shrinkage: f64,
  keep: i32,
  sums: usize,
  marks: usize,
  touched: usize,
  heap: usize,
): i32 {
  const norm = load<f64>(norms + (<usize> row << 3));
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const column = <usize> load<u32>(touched + (<usize> i << 2));
    const sum = load<f64>(sums + (column << 3));
    store<f64>(sums + (column << 3), 0);
    store<u8>(marks + column, 0);
    let denominator: f64 = 0;
    if (similarity === 0) {
      denominator = norm * load<f64>(damped + (column << 3));
    } else if (similarity === 1) {
      denominator = sqrt(norm * load<f64>(norms + (column << 3)));
    } else {
      denominator = norm + load<f64>(norms + (column << 3)) - sum;
    }
    const value = sum / (denominator + shrinkage);
    if (!(value > 0)) continue;
    const key = (<u64> reinterpret<u32>(<f32> value) << 32) | <u64> ~(<u32> i);
    if (kept < keep) {
      siftUp(heap, kept++, key);
    } else if (key > load<u64>(heap)) {
      siftDown(heap, kept, 0, key);
    }
  }
  return kept;
}

function siftUp(heap: usize, place: i32, key: u64): void {
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = load<u64>(heap + (<usize> parent << 3));
    if (above <= key) break;
    store<u64>(heap + (<usize> place << 3), above);
    place = parent;
  }
  store<u64>(heap + (<usize> place << 3), key);
}

function siftDown(heap: usize, size: i32, place: i32, key: u64): void {
  while (true) {
    let child = 2 * place + 1;
    if (child >= size) break;
    let below = load<u64>(heap + (<usize> child << 3));
    if (child + 1 < size && load<u64>(heap + (<usize> child << 3), 8) < below) {
      child++;
      below = load<u64>(heap + (<usize> child << 3));
    }
    if (below >= key) break;
    store<u64>(heap + (<usize> place << 3), below);
    place = child;
  }
  store<u64>(heap + (<usize> place << 3), key);
}

/**
 * Heapsorts the result of {@linkcode strongest} by column: keys become inverted columns above the
 * bits.
 */
function writeByColumn(
  heap: usize,
  kept: i32,
  touched: usize,
  outIndices: usize,
  outValues: usize,
): void {
  for (let i = kept - 1; i >= 0; i--) {
    const key = load<u64>(heap + (<usize> i << 3));
    const column = load<u32>(touched + (<usize> ~(<u32> key) << 2));
    siftDown(heap, kept, i, (<u64> ~column << 32) | (key >> 32));
  }
  // The root is the last column that remains.
  for (let size = kept - 1; size >= 0; size--) {
    const key = load<u64>(heap);
    store<u32>(outIndices + (<usize> size << 2), ~(<u32> (key >> 32)));
    store<u32>(outValues + (<usize> size << 2), <u32> key);
    siftDown(heap, size, 0, load<u64>(heap + (<usize> size << 3)));
  }
}
