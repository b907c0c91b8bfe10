import { collectGarbage } from "../../base/collect_garbage.ts";
import type { Csr } from "../sparse/csr.ts";
import { instantiateKernels, type KernelInstance, PAGE_BYTES } from "./module.ts";

/**
 * Memory that kernels can reach. Arrays are allocated one after another and zeroed; the memory
 * grows as needed and is freed as a whole, with the last of its arrays. An array's `byteOffset` is
 * its pointer.
 */
export interface Space extends KernelInstance {
  floats(length: number): Float32Array;
  doubles(length: number): Float64Array;
  integers(length: number): Uint32Array;
  bytes(length: number): Uint8Array;
}

/** Freeing takes 20 ms, which less memory than this isn't worth. */
const WORTH_FREEING = 2 ** 28;

let bytesPending = 0;

/**
 * Frees spaces that nothing refers to any longer, once enough memory was taken for new ones since
 * the last time. V8 doesn't count it: it would keep the memory of one fit during the next.
 */
export function releaseSpaces(): void {
  if (bytesPending < WORTH_FREEING) return;
  bytesPending = 0;
  collectGarbage();
}

/** Bytes in a cache line; arrays are aligned to it. */
const ALIGNMENT = 64;

/**
 * Creates an empty memory for kernels.
 *
 * @throws {InputError} If the runtime can't run the kernels.
 */
export function createSpace(): Space {
  const { kernels, memory } = instantiateKernels();
  // The first page holds the kernels' own constants.
  let end = PAGE_BYTES;
  function allocate<View>(
    type: new (buffer: ArrayBufferLike, start: number, length: number) => View,
    length: number,
    bytesEach: number,
  ): View {
    const start = end;
    end = Math.ceil((start + bytesEach * length) / ALIGNMENT) * ALIGNMENT;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE_BYTES));
      bytesPending += missing;
    }
    return new type(memory.buffer, start, length);
  }
  return {
    kernels,
    memory,
    floats: (length) => allocate(Float32Array, length, 4),
    doubles: (length) => allocate(Float64Array, length, 8),
    integers: (length) => allocate(Uint32Array, length, 4),
    bytes: (length) => allocate(Uint8Array, length, 1),
  };
}

/** Copies an array into a space. */
export function placeFloats(space: Space, values: ArrayLike<number>): Float32Array {
  const placed = space.floats(values.length);
  placed.set(values);
  return placed;
}

/** Copies an array into a space. */
export function placeIntegers(space: Space, values: ArrayLike<number>): Uint32Array {
  const placed = space.integers(values.length);
  placed.set(values);
  return placed;
}

/** The arrays of a sparse matrix in a space. */
export type CsrInSpace = Pick<Csr, "indptr" | "indices" | "values">;

/** Copies a sparse matrix into a space. */
export function placeCsr(space: Space, { indptr, indices, values }: Csr): CsrInSpace {
  return {
    indptr: placeIntegers(space, indptr),
    indices: placeIntegers(space, indices),
    values: placeFloats(space, values),
  };
}
