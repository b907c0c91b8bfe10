import { IdMap } from "../../src/interactions/id_map.ts";
import { scalar, tensor } from "../../src/linalg/tensor.ts";
import { assertEquals, assertThrows } from "../assert.ts";

/**
 * Ids that a naive table would confuse: numbers beyond 2⁵³, prefixes of each other, odd characters.
 */
const ODD_IDS = [
  "9007199254740993",
  "9007199254740992",
  "18446744073709551615",
  "",
  "0",
  "00",
  "a",
  "ab",
  "abc",
  "b",
  " a",
  "a ",
  "🛍️",
  "🛍",
  "é",
  "e\u0301",
  "\uFEFFa",
  "\0",
  "a\0",
  "__proto__",
  "x".repeat(100_000),
];

Deno.test("every id has the number of its position and comes back unchanged", () => {
  const map = IdMap.from(ODD_IDS);
  assertEquals(map.size, ODD_IDS.length);
  ODD_IDS.forEach((id, index) => {
    assertEquals(map.indexOf(id), index);
    assertEquals(map.idAt(index), id);
  });
});

Deno.test("an id that isn't in the map has the number -1", () => {
  const map = IdMap.from(ODD_IDS);
  for (const id of ["9007199254740994", "abcd", "A", "x".repeat(99_999), "🛍️🛍️"]) {
    assertEquals(map.indexOf(id), -1);
  }
});

Deno.test("fifty thousand ids are found, and no others", () => {
  const ids = Array.from({ length: 50_000 }, (_, i) => `${5_700_000 + 3 * i}`);
  const map = IdMap.from(ids);
  assertEquals(ids.findIndex((id, index) => map.indexOf(id) !== index), -1);
  assertEquals(ids.findIndex((id, index) => map.idAt(index) !== id), -1);
  assertEquals(ids.findIndex((id) => map.indexOf(`${Number(id) + 1}`) !== -1), -1);
});

Deno.test("ids with the same hash are distinguished", () => {
  const pairs = [["costarring", "liquid"], ["declinate", "macallums"], ["altarage", "zinke"]];
  for (const [one, other] of pairs) assertEquals(fnv1a(one), fnv1a(other));
  const map = IdMap.from(pairs.flat());
  pairs.flat().forEach((id, index) => assertEquals(map.indexOf(id), index));
  assertEquals(IdMap.from(["liquid"]).indexOf("costarring"), -1);
});

Deno.test("a map without ids finds nothing", () => {
  const map = IdMap.from([]);
  assertEquals([map.size, map.indexOf(""), map.indexOf("a")], [0, -1, -1]);
  assertThrows(() => map.idAt(0), RangeError);
});

Deno.test("a repeated id is rejected, with both positions", () => {
  assertThrows(
    () => IdMap.from(["a", "b", "c", "b"]),
    RangeError,
    `each must be unique, "b" is at 1 and 3`,
  );
  assertThrows(() => IdMap.from(["", ""]), RangeError, `"" is at 0 and 1`);
});

Deno.test("an index out of range is rejected", () => {
  const map = IdMap.from(["a", "b"]);
  for (const index of [-1, 2, 0.5, NaN]) {
    assertThrows(() => map.idAt(index), RangeError, `between 0 and 1, got ${index}`);
  }
});

Deno.test("a map survives saving as tensors and restoring", () => {
  const map = IdMap.from(ODD_IDS);
  const tensors = map.toTensors();
  assertEquals(Object.keys(tensors), ["bytes", "lengthsVarints"]);
  const again = IdMap.fromTensors(tensors);
  assertEquals(ODD_IDS.map((id) => again.indexOf(id)), [...ODD_IDS.keys()]);
  assertEquals(IdMap.fromTensors(IdMap.from([]).toTensors()).size, 0);
  assertThrows(() => IdMap.fromTensors({ bytes: scalar(1) }), TypeError, `tensor "bytes"`);
});

Deno.test("a map of plain tensors is restored", () => {
  const map = IdMap.fromTensors({
    bytes: tensor(new TextEncoder().encode("annanna")),
    lengths: tensor(Uint8Array.of(3, 4)),
  });
  assertEquals(["ann", "anna", "an"].map((id) => map.indexOf(id)), [0, 1, -1]);
});

Deno.test("a map of format version 1, which has offsets, is restored too", () => {
  const bytes = new TextEncoder().encode("annbob");
  const map = IdMap.fromTensors({
    bytes: tensor(bytes),
    offsets: tensor(Uint32Array.of(0, 3, 6)),
  });
  assertEquals(["ann", "bob", "an"].map((id) => map.indexOf(id)), [0, 1, -1]);
});

/** 32-bit FNV-1a from its definition. */
function fnv1a(text: string): bigint {
  return new TextEncoder().encode(text).reduce(
    (hash, byte) => BigInt.asUintN(32, (hash ^ BigInt(byte)) * 16_777_619n),
    2_166_136_261n,
  );
}
