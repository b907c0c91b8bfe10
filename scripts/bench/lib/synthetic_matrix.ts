import type { Csr } from "../../../src/linalg/sparse/csr.ts";
import { createRandom } from "../../../src/linalg/random.ts";

/** The size of a synthetic matrix. */
export interface SyntheticSize {
  readonly users: number;
  readonly items: number;
  /** How many user–item pairs to draw; the few duplicates count once. */
  readonly pairs: number;
}

/** A size that other programs publish figures for. */
export const SHOP_SIZE: SyntheticSize = { users: 400_000, items: 50_000, pairs: 2_850_000 };

/** The exponent of popularity: the r-th item is drawn in proportion to r^−0.8. */
const ZIPF = 0.8;

/** A matrix of ones: users drawn uniformly, items by Zipf's law, with a fixed seed. */
export function syntheticMatrix({ users, items, pairs }: SyntheticSize): Csr {
  const random = createRandom(1);
  const cumulated = new Float64Array(items);
  let sum = 0;
  for (let item = 0; item < items; item++) cumulated[item] = sum += (item + 1) ** -ZIPF;
  const keys = new Float64Array(pairs);
  for (let i = 0; i < pairs; i++) {
    keys[i] = random.integer(users) * items + firstAbove(cumulated, random.next() * sum);
  }
  keys.sort();
  const indptr = new Uint32Array(users + 1);
  const indices = new Uint32Array(pairs);
  let size = 0;
  keys.forEach((key, i) => {
    if (i > 0 && key === keys[i - 1]) return;
    indices[size++] = key % items;
    indptr[Math.floor(key / items) + 1]++;
  });
  for (let user = 0; user < users; user++) indptr[user + 1] += indptr[user];
  const values = new Float32Array(size).fill(1);
  return { rows: users, columns: items, indptr, indices: indices.slice(0, size), values };
}

function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0, high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Writes the matrix for other programs: `indptr.bin` and `indices.bin`, 32-bit unsigned integers.
 */
export async function writeMatrix({ indptr, indices }: Csr, folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(`${folder}/indptr.bin`, new Uint8Array(indptr.buffer as ArrayBuffer));
  await Deno.writeFile(`${folder}/indices.bin`, new Uint8Array(indices.buffer as ArrayBuffer));
}

/** Reads a matrix that {@linkcode writeMatrix} wrote. */
export async function readMatrix(folder: string, columns: number): Promise<Csr> {
  const [indptr, indices] = await Promise.all(
    ["indptr", "indices"].map(async (name) =>
      new Uint32Array((await Deno.readFile(`${folder}/${name}.bin`)).buffer)
    ),
  );
  const values = new Float32Array(indices.length).fill(1);
  return { rows: indptr.length - 1, columns, indptr, indices, values };
}
