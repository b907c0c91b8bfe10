import fc from "fast-check";
import { frontCoded, frontDecoded } from "../../src/linalg/front_coding.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import { tensor } from "../../src/linalg/tensor.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("ids are saved without the bytes shared with the id before if that is smaller", () => {
  const ascending = IdMap.from(["5712790", "5712791", "5712801"]);
  assertEquals(frontCoded(ascending.toTensors()), {
    shared: tensor(Uint8Array.of(0, 6, 4)),
    bytes: tensor(new TextEncoder().encode("5712790" + "1" + "801")),
    lengths: tensor(Uint8Array.of(7, 1, 3)),
  });
  // Three bytes less, and three more that say so.
  const others = IdMap.from(["ab", "abcd", "a"]);
  assertEquals(frontCoded(others.toTensors()), {
    bytes: tensor(new TextEncoder().encode("ab" + "abcd" + "a")),
    lengths: tensor(Uint8Array.of(2, 4, 1)),
  });
});

Deno.test("characters are divided between ids by bytes", () => {
  // é is C3 A9, è C3 A8; 🛍 is F0 9F 9B 8D, 🛌 F0 9F 9B 8C.
  const ids = ["é", "è", "🛍", "🛌", "🛌🛍", "🛌🛌"];
  const tensors = frontCoded(IdMap.from(ids).toTensors());
  assertEquals(tensors.shared.data, Uint8Array.of(0, 1, 0, 3, 4, 7));
  const again = IdMap.fromTensors(frontDecoded(tensors));
  assertEquals(ids.map((_, index) => again.idAt(index)), ids);
  assertEquals(ids.map((id) => again.indexOf(id)), [...ids.keys()]);
});

Deno.test("at most 255 bytes are left out of an id", () => {
  const ids = ["x".repeat(300), "x".repeat(301), "x".repeat(255), "x".repeat(254)];
  const tensors = frontCoded(IdMap.from(ids).toTensors());
  assertEquals(tensors.shared.data, Uint8Array.of(0, 255, 255, 254));
  // 300 = 2 · 128 + 44; the rests of the others have 46 bytes, none and none.
  assertEquals(tensors.lengthsVarints.data, Uint8Array.of(128 | 44, 2, 46, 0, 0));
  const again = IdMap.fromTensors(frontDecoded(tensors));
  assertEquals(ids.map((_, index) => again.idAt(index)), ids);
});

Deno.test("any ids survive saving, in any order", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[ab]{0,8}$/));
  fc.assert(fc.property(fc.uniqueArray(text, { maxLength: 40 }), fc.boolean(), (ids, isSorted) => {
    if (isSorted) ids.sort();
    const again = IdMap.fromTensors(frontDecoded(frontCoded(IdMap.from(ids).toTensors())));
    assertEquals(ids.map((_, index) => again.idAt(index)), ids);
    assertEquals(ids.map((id) => again.indexOf(id)), [...ids.keys()]);
  }));
});

Deno.test("shared bytes that don't fit the ids are refused", () => {
  const tensors = frontCoded(IdMap.from(["5712790", "5712791", "5712801"]).toTensors());
  const CASES = [
    [[0, 6], "shared must hold 3 numbers, it holds 2"],
    [[1, 6, 4], "shared must be at most the bytes of the text before, number 0 is 1 of 0"],
    [[0, 8, 4], "shared must be at most the bytes of the text before, number 1 is 8 of 7"],
    [[0, 2, 4], "shared must be at most the bytes of the text before, number 2 is 4 of 3"],
  ] as const;
  for (const [shared, message] of CASES) {
    const damaged = { ...tensors, shared: tensor(Uint8Array.from(shared)) };
    assertThrows(() => frontDecoded(damaged), RangeError, message);
  }
  const cut = { ...tensors, bytes: tensor(new Uint8Array(9)) };
  assertThrows(() => frontDecoded(cut), RangeError, "lengths must sum to 9, the sum is 11");
  const wide = { ...tensors, shared: tensor(new Uint16Array(3)) };
  assertThrows(() => frontDecoded(wide), TypeError, "expected a Uint8Array");
});
