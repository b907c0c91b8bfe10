import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { planTall, type Rows, type TallMatrices } from "../../../src/linalg/kernels/tall_plan.ts";

/** The same as the compiled kernels, to the last bit, in plain TypeScript. */
export function plainTallMatrices(a: Csr, width: number): TallMatrices {
  const { columns } = a;
  const { parts, pieces } = planTall(a);
  const block = columns * width;
  return {
    zeros: (columnsOfIt) => new Float64Array(columns * columnsOfIt),
    borrowedZeros: (columnsOfIt) => new Float64Array(columns * columnsOfIt),
    normalProduct(q, y) {
      const products = parts.map((rows) => normalProductOf(a, rows, q, width));
      for (let at = 0; at < block; at++) {
        y[at] = products.slice(1).reduce((sum, product) => sum + product[at], products[0][at]);
      }
      return Promise.resolve();
    },
    transposedProduct(q, w) {
      const product = new Float64Array(q.length / columns * width);
      for (const rows of pieces) addTransposed(q, w, rows, { width, block }, product);
      return Promise.resolve(product);
    },
    addProduct(q, c, out) {
      const outWidth = out.length / columns;
      for (let at = 0; at < out.length; at++) {
        const row = Math.floor(at / outWidth);
        let sum = out[at], from = at % outWidth;
        for (let start = 0; start < q.length; start += block) {
          for (let f = 0; f < width; f++, from += outWidth) {
            sum += q[start + row * width + f] * c[from];
          }
        }
        out[at] = sum;
      }
      return Promise.resolve();
    },
    [Symbol.dispose]() {},
  };
}

/** aᵀ·(a·Q) of some rows a. */
function normalProductOf(
  { indptr, indices, values }: Csr,
  { row, end }: Rows,
  q: Float64Array,
  width: number,
): Float64Array {
  const y = new Float64Array(q.length);
  const projected = new Float64Array(width);
  for (; row < end; row++) {
    projected.fill(0);
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      for (let f = 0, at = indices[p] * width; f < width; f++) {
        projected[f] += q[at++] * values[p];
      }
    }
    for (let p = indptr[row]; p < indptr[row + 1]; p++) {
      for (let f = 0, at = indices[p] * width; f < width; f++) {
        y[at++] += projected[f] * values[p];
      }
    }
  }
  return y;
}

/** Adds the part of some rows to QᵀW. */
function addTransposed(
  q: Float64Array,
  w: Float64Array,
  { row, end }: Rows,
  { width, block }: { width: number; block: number },
  product: Float64Array,
): void {
  const sums = new Float64Array(product.length);
  for (; row < end; row++) {
    let to = 0;
    for (let start = 0; start < q.length; start += block) {
      for (let i = 0; i < width; i++) {
        const factor = q[start + row * width + i];
        for (let j = 0; j < width; j++) sums[to++] += factor * w[row * width + j];
      }
    }
  }
  for (let at = 0; at < product.length; at++) product[at] += sums[at];
}
