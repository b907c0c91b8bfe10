import { startsFromTensors, startsToTensors } from "../linalg/lengths.ts";
import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";

const encoder = new TextEncoder();
/** Keeps a byte order mark, which is part of the id. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A two-way map between the shop's ids and row or column numbers. Ids are text, so 64-bit integers
 * and strings both survive unchanged. They are stored as UTF-8 bytes in one array, with lists of
 * the ids of each hash beside it, which takes an eighth of the memory of a `Map`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const products = IdMap.from(["2053013552326770905", "5712790"]);
 * assertEquals(products.indexOf("5712790"), 1);
 * assertEquals(products.indexOf("unheard of"), -1);
 * assertEquals(products.idAt(0), "2053013552326770905");
 * ```
 */
export class IdMap {
  readonly #bytes: Uint8Array;
  /** The start of each id in the bytes; size + 1 entries. */
  readonly #offsets: Uint32Array;
  /** By hash: the first id with it, as its index + 1; 0 if there is none. */
  readonly #first: Uint32Array;
  /** By index: the next id with the same hash, as its index + 1; 0 if there is none. */
  readonly #next: Uint32Array;

  private constructor(bytes: Uint8Array, offsets: Uint32Array) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    const first = new Uint32Array(hashCount(this.size)), next = new Uint32Array(this.size);
    for (let index = next.length - 1; index >= 0; index--) {
      const slot = hash(bytes, offsets[index], offsets[index + 1]) & (first.length - 1);
      next[index] = first[slot];
      first[slot] = index + 1;
    }
    this.#first = first;
    this.#next = next;
  }

  /**
   * Numbers the ids in the given order.
   *
   * @throws {RangeError} If an id occurs twice.
   */
  static from(ids: readonly string[]): IdMap {
    const offsets = new Uint32Array(ids.length + 1);
    let bytes = new Uint8Array(Math.max(64, 12 * ids.length));
    let end = 0;
    ids.forEach((id, index) => {
      if (end + 3 * id.length > bytes.length) {
        const larger = new Uint8Array(2 * bytes.length + 3 * id.length);
        larger.set(bytes);
        bytes = larger;
      }
      end += encoder.encodeInto(id, bytes.subarray(end)).written;
      offsets[index + 1] = end;
    });
    const map = new IdMap(bytes.slice(0, end), offsets);
    map.#requireUnique();
    return map;
  }

  /**
   * Restores the map that {@linkcode IdMap.toTensors} saved, without copying the ids.
   *
   * @throws {TypeError} If a tensor is missing or has another type.
   * @throws {RangeError} If the lengths don't sum to the number of bytes.
   */
  static fromTensors(tensors: Tensors): IdMap {
    const bytes = readTensor(tensors, "bytes", Uint8Array).data;
    // Artifacts of format version 1 have offsets.
    const offsets = "offsets" in tensors
      ? readTensor(tensors, "offsets", Uint32Array).data
      : startsFromTensors(tensors, "lengths", bytes.length);
    return new IdMap(bytes, offsets);
  }

  /** Number of ids; their indices run from 0 to size - 1. */
  get size(): number {
    return this.#offsets.length - 1;
  }

  /** The index of an id, or -1 if it isn't in the map. */
  indexOf(id: string): number {
    const encoded = encoder.encode(id);
    return this.#find(encoded, 0, encoded.length);
  }

  /**
   * The id at an index.
   *
   * @throws {RangeError} If the index is out of range.
   */
  idAt(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) {
      throw new RangeError(
        `Cannot look up an id: index must be between 0 and ${this.size - 1}, got ${index}`,
      );
    }
    return decoder.decode(this.#bytes.subarray(this.#offsets[index], this.#offsets[index + 1]));
  }

  /** `bytes`: the ids as UTF-8, one after another; `lengths`: the number of bytes of each. */
  toTensors(): Tensors {
    return { bytes: tensor(this.#bytes), ...startsToTensors("lengths", this.#offsets) };
  }

  /** The first index of an id in some bytes, or -1. */
  #find(bytes: Uint8Array, start: number, end: number): number {
    const slot = hash(bytes, start, end) & (this.#first.length - 1);
    for (let entry = this.#first[slot]; entry > 0; entry = this.#next[entry - 1]) {
      if (this.#equals(entry - 1, bytes, start, end)) return entry - 1;
    }
    return -1;
  }

  #requireUnique(): void {
    for (let index = 0; index < this.size; index++) {
      const first = this.#find(this.#bytes, this.#offsets[index], this.#offsets[index + 1]);
      if (first === index) continue;
      throw new RangeError(
        `Cannot map ids: each must be unique, "${this.idAt(index)}" is at ${first} and ${index}`,
      );
    }
  }

  #equals(index: number, other: Uint8Array, start: number, end: number): boolean {
    const from = this.#offsets[index];
    if (this.#offsets[index + 1] - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) {
      if (this.#bytes[from + i] !== other[start + i]) return false;
    }
    return true;
  }
}

/** How many hashes are told apart: a power of two, for one to two ids each. */
function hashCount(size: number): number {
  let count = 1;
  while (2 * count < size) count *= 2;
  return count;
}

/**
 * 32-bit FNV-1a (Fowler, Noll, Vo), with the upper bits mixed into the lower ones, which are
 * used.
 */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i], 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return value ^ (value >>> 13);
}
