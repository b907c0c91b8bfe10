/**
 * A growing array of bytes that holds whole numbers of any size up to 2⁵³: seven bits per byte,
 * lowest first, with the top bit set in all bytes but a number's last (LEB128). Small numbers take
 * one byte.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const writer = new ByteWriter();
 * writer.varint(5);
 * writer.varint(300);
 * assertEquals(writer.bytes(), Uint8Array.of(5, 0b1010_1100, 0b10));
 * assertEquals(readVarints(writer.bytes(), 0, 3), [5, 300]);
 * ```
 */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** Number of bytes written. */
  get length(): number {
    return this.#length;
  }

  /** Appends a whole number from 0 to 2⁵³ − 1. */
  varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#append(128 | (rest % 128));
    this.#append(rest);
  }

  /** Appends the two bytes of a whole number from −2¹⁵ to 2¹⁵ − 1, the lower one first. */
  int16(value: number): void {
    this.#append(value & 255);
    this.#append((value >> 8) & 255);
  }

  /** A copy of what was written. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #append(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}

/** How many numbers the bytes from `start` up to `end` hold. */
export function countVarints(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (bytes[at] < 128) count++;
  return count;
}

/** The numbers in the bytes from `start` up to `end`, as {@linkcode ByteWriter} wrote them. */
export function readVarints(bytes: Uint8Array, start: number, end: number): number[] {
  const values: number[] = [];
  let value = 0, unit = 1;
  for (let at = start; at < end; at++) {
    value += (bytes[at] & 127) * unit;
    unit *= 128;
    if (bytes[at] >= 128) continue;
    values.push(value);
    value = 0;
    unit = 1;
  }
  return values;
}
