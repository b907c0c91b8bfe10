import { readTensor, tensor, type Tensors } from "../linalg/tensor.ts";

const encoder = new TextEncoder();
/** Keeps a byte order mark, which is part of the id. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A two-way map between the shop's ids and row or column numbers. Ids are text, so 64-bit integers
 * and strings both survive unchanged. They are stored as UTF-8 bytes in one array, with a hash
 * table beside it, which takes a fifth of the memory of a `Map` and loads without copying.
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
  /** A hash table with linear probing; a slot holds index + 1, or 0 if it is free. */
  readonly #slots: Uint32Array;

  private constructor(bytes: Uint8Array, offsets: Uint32Array) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#slots = new Uint32Array(slotCount(offsets.length - 1));
    for (let index = 0; index < this.size; index++) this.#insert(index);
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
    return new IdMap(bytes.slice(0, end), offsets);
  }

  /** Restores the map that {@linkcode IdMap.toTensors} saved, without copying the tensors. */
  static fromTensors(tensors: Tensors): IdMap {
    return new IdMap(
      readTensor(tensors, "bytes", Uint8Array).data,
      readTensor(tensors, "offsets", Uint32Array).data,
    );
  }

  /** Number of ids; their indices run from 0 to size - 1. */
  get size(): number {
    return this.#offsets.length - 1;
  }

  /** The index of an id, or -1 if it isn't in the map. */
  indexOf(id: string): number {
    const encoded = encoder.encode(id);
    const mask = this.#slots.length - 1;
    let slot = hash(encoded, 0, encoded.length) & mask;
    for (let entry = this.#slots[slot]; entry > 0; entry = this.#slots[slot]) {
      if (this.#equals(entry - 1, encoded, 0, encoded.length)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
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

  /**
   * `bytes`: the ids as UTF-8, one after another; `offsets`: the start of each, size + 1 entries.
   */
  toTensors(): Tensors {
    return { bytes: tensor(this.#bytes), offsets: tensor(this.#offsets) };
  }

  #insert(index: number): void {
    const start = this.#offsets[index];
    const end = this.#offsets[index + 1];
    const mask = this.#slots.length - 1;
    let slot = hash(this.#bytes, start, end) & mask;
    for (let entry = this.#slots[slot]; entry > 0; entry = this.#slots[slot]) {
      if (this.#equals(entry - 1, this.#bytes, start, end)) {
        throw new RangeError(
          `Cannot map ids: each must be unique, "${this.idAt(index)}" is at ` +
            `${entry - 1} and ${index}`,
        );
      }
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = index + 1;
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

/** A power of two that keeps at least half of the slots free. */
function slotCount(size: number): number {
  let count = 8;
  while (count < 2 * size) count *= 2;
  return count;
}

/**
 * 32-bit FNV-1a (Fowler, Noll, Vo), with the upper bits mixed into the lower ones, which the table
 * uses.
 */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < end; i++) value = Math.imul(value ^ bytes[i], 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return value ^ (value >>> 13);
}
