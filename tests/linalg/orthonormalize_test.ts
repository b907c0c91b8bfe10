import { columnGram } from "../../src/linalg/gram.ts";
import { orthonormalize } from "../../src/linalg/orthonormalize.ts";
import { assert, assertEquals } from "../assert.ts";
import { largestGap, normals } from "./made_at_random.ts";

Deno.test("columns become orthonormal and span the same space", () => {
  for (const rows of [8, 9, 22, 23]) {
    const y = normals(rows * 5, rows);
    const q = y.slice();
    orthonormalize(q, 5);
    const identity = Float64Array.from({ length: 25 }, (_, i) => i % 6 === 0 ? 1 : 0);
    assert(largestGap(columnGram(q, 5), identity) < 1e-12, `${rows} rows`);
    assert(largestGap(projected(q, y, 5), y) < 1e-11, `${rows} rows`);
  }
});

Deno.test("a column that depends on those before it becomes zero, the others stay orthonormal", () => {
  // Third column = first + second; fourth is zero.
  const y = normals(7 * 4, 3);
  for (let at = 0; at < y.length; at += 4) {
    y[at + 2] = y[at] + y[at + 1];
    y[at + 3] = 0;
  }
  orthonormalize(y, 4);
  const expected = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  assert(largestGap(columnGram(y, 4), expected) < 1e-12);
  assertEquals(y[2], 0);
});

Deno.test("two passes make orthonormal what one pass leaves crooked", () => {
  // Columns that differ by 10⁻⁵: the squared condition number takes ten digits away.
  const y = normals(50 * 3, 4);
  for (let at = 0; at < y.length; at += 3) {
    y[at + 1] = y[at] + 1e-5 * y[at + 1];
    y[at + 2] = y[at] + 1e-5 * y[at + 2];
  }
  const crookedness = () => largestGap(columnGram(y, 3), [1, 0, 0, 0, 1, 0, 0, 0, 1]);
  orthonormalize(y, 3);
  assert(crookedness() > 1e-9);
  orthonormalize(y, 3);
  assert(crookedness() < 1e-14);
});

/** Q·Qᵀ·Y */
function projected(q: Float64Array, y: Float64Array, width: number): Float64Array {
  const out = new Float64Array(y.length);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < width; j++) {
      let product = 0;
      for (let at = 0; at < y.length; at += width) product += q[at + i] * y[at + j];
      for (let at = 0; at < y.length; at += width) out[at + j] += q[at + i] * product;
    }
  }
  return out;
}
