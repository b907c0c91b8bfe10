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

  /** Appends bytes as they are. */
  write(bytes: Uint8Array): void {
    const end = this.#length + bytes.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(bytes, this.#length);
    this.#length = end;
  }

  /** Forgets what was written, to write something else. */
  clear(): void {
    this.#length = 0;
  }

  /** A copy of what was written. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #append(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length++] = byte;
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/**
 * Reads numbers of variable length, and bytes between them, one after another.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const reader = new ByteReader(Uint8Array.of(0b1010_1100, 0b10, 7, 8, 9));
 * assertEquals(reader.varint(), 300);
 * assertEquals(reader.skip(2), { start: 2, end: 4 });
 * assertEquals(reader.varint(), 9);
 * ```
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** Reads from the first byte on. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all bytes are read. */
  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next number. */
  varint(): number {
    let value = 0;
    for (let unit = 1;; unit *= 128) {
      const byte = this.#bytes[this.#at++];
      value += (byte & 127) * unit;
      if (!(byte >= 128)) return value;
    }
  }

  /** Where the next bytes are, which are passed over. */
  skip(length: number): { start: number; end: number } {
    const start = this.#at;
    this.#at += length;
    return { start, end: this.#at };
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
