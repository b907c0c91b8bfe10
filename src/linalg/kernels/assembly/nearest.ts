// @ts-nocheck AssemblyScript, whose own compiler checks it; its numbers are Wasm's, its pointers offsets in memory.

/**
 * The largest entries of some rows of a matrix of similarities, of which s = AᵀDA is the numerator, D being diagonal,
 * and the diagonal is left out:
 *
 *   0: s / (norm_row · damped_column + shrinkage)
 *   1: s / (√(norm_row · norm_column) + shrinkage)
 *   2: s / (norm_row + norm_column − s + shrinkage)
 *
 * Sums run in the order of the rows of A, in double precision. Entries that are not above 0 are dropped; of those that
 * are equal in single precision, the column that came up first goes before.
 *
 * @param row The first, and `end` the one behind the last.
 * @param entryPtr Of Aᵀ, compressed rows: where each begins in `entries`, in entries.
 * @param entries Pairs of where a row's record begins, in units of 8 bytes, and the value there, single precision.
 * @param records Of each row of A, its entry of D in double precision, how many entries it has in 8 bytes, and pairs of
 * a column and its value, single precision.
 * @param norms For each column, double precision, as are those `damped`.
 * @param keep How many entries a row keeps at most.
 * @param starts For each row, where its entries go in `outIndices` and `outValues`, in order of their columns.
 * @param counts Overwritten: for each row, how many it kept.
 * @param columns Of A.
 * @param scratch For each column 8 bytes and one, all zero and left so; then for `keep` entries 8 bytes, and for each
 * column, and one more, 4.
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

/** Bytes of entries whose records are brought into the processor's cache together. */
const FETCHED: usize = 256;

/** Looks at records before they are needed: misses of the cache then overlap instead of queueing up. */
function fetchRecords(from: usize, to: usize, records: usize, sink: usize): void {
  let sum: u32 = 0;
  for (let p = from; p < to; p += 8) {
    const record = records + (<usize> load<u32>(p) << 3);
    sum += load<u32>(record) + load<u32>(record, 64);
  }
  // Where the next column will overwrite it: without it, the compiler would see that nobody needs the sum.
  store<u32>(sink, sum);
}

/**
 * Adds up one row of AᵀDA.
 *
 * @param sums Come to hold what the row has in each column.
 * @param marks Become 1 where a column was touched.
 * @param touched Comes to hold these columns, as they came up.
 * @returns How many.
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
  // The row's own column is taken for one that came up already.
  store<u8>(marks + <usize> row, 1);
  for (let p = first; p < last; p += 8) {
    if ((p - first) % FETCHED === 0) fetchRecords(p, min(p + FETCHED, last), records, to);
    const record = records + (<usize> load<u32>(p) << 3);
    const factor = <f64> load<f32>(p, 4) * load<f64>(record);
    const end = record + 16 + (<usize> load<u32>(record, 8) << 3);
    for (let q = record + 16; q < end; q += 8) {
      const column = <usize> load<u32>(q);
      // Whether it is new can't be foretold: a branch would cost more than to write in vain.
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
 * Gathers a row's largest similarities, and clears its sums and marks.
 *
 * @param heap Comes to hold them: the bits of a similarity, and below them, inverted, its column's place among those
 * touched, so that keys are in order as numbers. The root is the smallest.
 * @returns How many.
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

/** Sorts by heap what {@linkcode strongest} left: keys become inverted columns above the similarities' bits. */
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
  // The root, the last column, goes behind those before it.
  for (let size = kept - 1; size >= 0; size--) {
    const key = load<u64>(heap);
    store<u32>(outIndices + (<usize> size << 2), ~(<u32> (key >> 32)));
    store<u32>(outValues + (<usize> size << 2), <u32> key);
    siftDown(heap, size, 0, load<u64>(heap + (<usize> size << 3)));
  }
}
