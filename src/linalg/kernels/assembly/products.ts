// @ts-nocheck AssemblyScript, checked by its own compiler; pointers are byte offsets in memory.

/** Columns of a panel, two vectors of four lanes. */
const PANEL: i32 = 8;
const PANEL_BYTES: usize = 32;

function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

function storePair(to: usize, a: v128, b: v128): void {
  v128.store(to, a);
  v128.store(to, b, 16);
}

/**
 * Packs a matrix B for {@linkcode multiplyPacked}: panels of eight columns, each row by row, the
 * last one padded with zeros.
 *
 * @param from B, row-major, `depth` × `columns`, rows at intervals of `stride` bytes.
 * @param panels `depth` × 8 numbers per panel.
 */
export function packColumns(
  from: usize,
  stride: usize,
  depth: i32,
  columns: i32,
  panels: usize,
): void {
  for (let j = 0; j < columns; j += PANEL) {
    let row = from + (<usize> j << 2);
    const count = min(PANEL, columns - j);
    for (let r = 0; r < depth; r++) {
      if (count === PANEL) storePair(panels, v128.load(row), v128.load(row, 16));
      else copyPadded(row, count, panels);
      row += stride;
      panels += PANEL_BYTES;
    }
  }
}

function copyPadded(from: usize, count: i32, to: usize): void {
  for (let c: usize = 0; c < <usize> PANEL; c++) {
    store<f32>(to + (c << 2), c < <usize> count ? load<f32>(from + (c << 2)) : 0);
  }
}

/**
 * Packs Bᵀ as {@linkcode packColumns} packs B.
 *
 * @param from B, row-major, `columns` × `depth`; the depth is a multiple of four.
 */
export function packTransposed(
  from: usize,
  stride: usize,
  depth: i32,
  columns: i32,
  panels: usize,
): void {
  for (let j = 0; j < columns; j += PANEL) {
    for (let r = 0; r < depth; r += 4) {
      const own = from + (<usize> r << 2);
      packFour(own, stride, j, columns, panels);
      packFour(own, stride, j + 4, columns, panels + 16);
      panels += 4 * PANEL_BYTES;
    }
  }
}

/** Transposes four numbers of each of four rows; rows that don't exist are zero. */
function packFour(from: usize, stride: usize, row: i32, rows: i32, to: usize): void {
  const first = from + <usize> row * stride;
  const zero = f32x4.splat(0);
  const a = row < rows ? v128.load(first) : zero;
  const b = row + 1 < rows ? v128.load(first + stride) : zero;
  const c = row + 2 < rows ? v128.load(first + 2 * stride) : zero;
  const d = row + 3 < rows ? v128.load(first + 3 * stride) : zero;
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const above = v128.shuffle<f32>(a, b, 2, 6, 3, 7), below = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(above, below, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(above, below, 2, 3, 6, 7), 96);
}

/**
 * C = A·B, or C + A·B, each sum from the first row of B to the last.
 *
 * @param a Row-major, `rows` × `depth`.
 * @param panels B, packed.
 * @param panelBytes Bytes from a panel to the next, more than `depth` × 32 if only the first rows
 * of B count.
 * @param c Row-major; its rows hold `columns` rounded up to a multiple of eight, all written.
 * @param add Whether to add to C.
 */
export function multiplyPacked(
  a: usize,
  aStride: usize,
  rows: i32,
  depth: i32,
  panels: usize,
  panelBytes: usize,
  columns: i32,
  c: usize,
  cStride: usize,
  add: i32,
): void {
  for (let row = 0; row < rows; row += 4) {
    const from = a + <usize> row * aStride, to = c + <usize> row * cStride;
    // If fewer than four rows remain, the first stands in for the missing ones.
    const remaining = rows - row;
    const second: usize = remaining > 1 ? 1 : 0, third: usize = remaining > 2 ? 2 : 0;
    const fourth: usize = remaining > 3 ? 3 : 0;
    let panel = panels;
    for (let j = 0; j < columns; j += PANEL) {
      const at = to + (<usize> j << 2);
      multiplyTile(
        from,
        from + second * aStride,
        from + third * aStride,
        from + fourth * aStride,
        panel,
        depth,
        at,
        at + second * cStride,
        at + third * cStride,
        at + fourth * cStride,
        add,
      );
      panel += panelBytes;
    }
  }
}

function multiplyTile(
  from0: usize,
  from1: usize,
  from2: usize,
  from3: usize,
  panel: usize,
  depth: i32,
  to0: usize,
  to1: usize,
  to2: usize,
  to3: usize,
  add: i32,
): void {
  let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
  if (add) {
    a0 = v128.load(to0);
    a1 = v128.load(to1);
    a2 = v128.load(to2);
    a3 = v128.load(to3);
    b0 = v128.load(to0, 16);
    b1 = v128.load(to1, 16);
    b2 = v128.load(to2, 16);
    b3 = v128.load(to3, 16);
  }
  const end = from0 + (<usize> depth << 2);
  while (from0 < end) {
    const a = v128.load(panel), b = v128.load(panel, 16);
    let value = v128.load32_splat(from0);
    a0 = multiplyAdd(a0, a, value);
    b0 = multiplyAdd(b0, b, value);
    value = v128.load32_splat(from1);
    a1 = multiplyAdd(a1, a, value);
    b1 = multiplyAdd(b1, b, value);
    value = v128.load32_splat(from2);
    a2 = multiplyAdd(a2, a, value);
    b2 = multiplyAdd(b2, b, value);
    value = v128.load32_splat(from3);
    a3 = multiplyAdd(a3, a, value);
    b3 = multiplyAdd(b3, b, value);
    from0 += 4;
    from1 += 4;
    from2 += 4;
    from3 += 4;
    panel += PANEL_BYTES;
  }
  storePair(to3, a3, b3);
  storePair(to2, a2, b2);
  storePair(to1, a1, b1);
  storePair(to0, a0, b0);
}

/**
 * C += AᵀB, each sum from the first row to the last.
 *
 * @param a Row-major, `rows` × `aColumns`, whose rows can be read up to a multiple of four.
 * @param b Row-major, `rows` × `bColumns`, a multiple of eight.
 * @param c Row-major, `aColumns` × `bColumns`.
 */
export function addTransposedProduct(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  rows: i32,
  aColumns: i32,
  bColumns: i32,
  c: usize,
  cStride: usize,
): void {
  for (let i = 0; i < aColumns; i += 4) {
    for (let j = 0; j < bColumns; j += PANEL) {
      addTransposedTile(
        a + (<usize> i << 2),
        aStride,
        b + (<usize> j << 2),
        bStride,
        rows,
        c + <usize> i * cStride + (<usize> j << 2),
        cStride,
        aColumns - i,
      );
    }
  }
}

/** @param count Rows of C to add to; if fewer than four, the first stands in for the others. */
function addTransposedTile(
  left: usize,
  leftStride: usize,
  right: usize,
  rightStride: usize,
  rows: i32,
  to: usize,
  stride: usize,
  count: i32,
): void {
  const to1 = to + (count > 1 ? stride : 0), to2 = to + (count > 2 ? 2 * stride : 0);
  const to3 = to + (count > 3 ? 3 * stride : 0);
  let a0 = v128.load(to), a1 = v128.load(to1), a2 = v128.load(to2), a3 = v128.load(to3);
  let b0 = v128.load(to, 16), b1 = v128.load(to1, 16);
  let b2 = v128.load(to2, 16), b3 = v128.load(to3, 16);
  for (let row = 0; row < rows; row++) {
    const a = v128.load(right), b = v128.load(right, 16);
    let value = v128.load32_splat(left);
    a0 = multiplyAdd(a0, a, value);
    b0 = multiplyAdd(b0, b, value);
    value = v128.load32_splat(left, 4);
    a1 = multiplyAdd(a1, a, value);
    b1 = multiplyAdd(b1, b, value);
    value = v128.load32_splat(left, 8);
    a2 = multiplyAdd(a2, a, value);
    b2 = multiplyAdd(b2, b, value);
    value = v128.load32_splat(left, 12);
    a3 = multiplyAdd(a3, a, value);
    b3 = multiplyAdd(b3, b, value);
    left += leftStride;
    right += rightStride;
  }
  if (count > 3) storePair(to3, a3, b3);
  if (count > 2) storePair(to2, a2, b2);
  if (count > 1) storePair(to1, a1, b1);
  storePair(to, a0, b0);
}
