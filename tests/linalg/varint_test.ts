import { ByteWriter, countVarints, readVarints } from "../../src/linalg/varint.ts";
import { assertEquals } from "../assert.ts";

/** The first and last number of each length in bytes, and some beyond 32 bits. */
const NUMBERS = [0, 1, 127, 128, 16_383, 16_384, 2 ** 21, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1];

Deno.test("numbers come back unchanged, however large", () => {
  const writer = new ByteWriter();
  for (const number of NUMBERS) writer.varint(number);
  assertEquals(readVarints(writer.bytes(), 0, writer.length), NUMBERS);
  assertEquals(countVarints(writer.bytes(), 0, writer.length), NUMBERS.length);
});

Deno.test("seven bits take one byte, each seven more another one", () => {
  for (const [number, bytes] of [[127, 1], [128, 2], [16_383, 2], [16_384, 3], [2 ** 53 - 1, 8]]) {
    const writer = new ByteWriter();
    writer.varint(number);
    assertEquals(writer.length, bytes);
  }
});

Deno.test("16 bits are written lowest byte first, negative numbers as two's complement", () => {
  const writer = new ByteWriter();
  for (const number of [1, 256, -1, -32_768]) writer.int16(number);
  assertEquals(writer.bytes(), Uint8Array.of(1, 0, 0, 1, 255, 255, 0, 128));
});

Deno.test("a writer grows, and what it wrote stays", () => {
  const writer = new ByteWriter();
  for (let i = 0; i < 100_000; i++) writer.varint(i);
  const numbers = readVarints(writer.bytes(), 0, writer.length);
  assertEquals([numbers.length, numbers[0], numbers[99_999]], [100_000, 0, 99_999]);
});
