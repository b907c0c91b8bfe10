import type { Csr } from "../sparse/csr.ts";
import { instantiateKernels, type KernelExports, PAGE_BYTES } from "./module.ts";

/** Hands out arrays, all of them zero. */
export interface Arrays {
  floats(length: number): Float32Array;
  doubles(length: number): Float64Array;
  integers(length: number): Uint32Array;
  bytes(length: number): Uint8Array;
}

/** Arrays each in a memory of its own, for plain code. */
export const PLAIN_ARRAYS: Arrays = {
  floats: (length) => new Float32Array(length),
  doubles: (length) => new Float64Array(length),
  integers: (length) => new Uint32Array(length),
  bytes: (length) => new Uint8Array(length),
};

/**
 * Memory that kernels reach. Arrays are taken from it one after another, all of them zero; it grows as needed
 * and goes, as a whole, with the last of its arrays. An array's `byteOffset` is its pointer.
 */
export interface Space extends Arrays {
  readonly kernels: KernelExports;
  /** What Workers need to work on the same arrays. */
  readonly memory: WebAssembly.Memory;
}

/** Arrays begin where a line of the processor's cache does. */
const ALIGNMENT = 64;

/**
 * Begins a memory for kernels.
 *
 * @returns `null` where the runtime can't run them.
 */
export function createSpace(): Space | null {
  const instance = instantiateKernels();
  if (!instance) return null;
  const { kernels, memory } = instance;
  // The kernels' own constants lie at the start.
  let end = PAGE_BYTES;
  function take<View>(
    type: new (buffer: ArrayBufferLike, start: number, length: number) => View,
    length: number,
    bytesEach: number,
  ): View {
    const start = end;
    end = Math.ceil((start + bytesEach * length) / ALIGNMENT) * ALIGNMENT;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    return new type(memory.buffer, start, length);
  }
  return {
    kernels,
    memory,
    floats: (length) => take(Float32Array, length, 4),
    doubles: (length) => take(Float64Array, length, 8),
    integers: (length) => take(Uint32Array, length, 4),
    bytes: (length) => take(Uint8Array, length, 1),
  };
}

/** Where a sparse matrix's arrays are in a space. */
export type CsrInSpace = Pick<Csr, "indptr" | "indices" | "values">;

/** Copies a sparse matrix to where kernels reach it. */
export function placeCsr(space: Space, { indptr, indices, values }: Csr): CsrInSpace {
  const placed = {
    indptr: space.integers(indptr.length),
    indices: space.integers(indices.length),
    values: space.floats(values.length),
  };
  placed.indptr.set(indptr);
  placed.indices.set(indices);
  placed.values.set(values);
  return placed;
}
