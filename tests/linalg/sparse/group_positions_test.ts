import { groupPositions } from "../../../src/linalg/sparse/group_positions.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("no keys give empty groups", () => {
  assertEquals(groupPositions(new Uint32Array(0), 2), {
    indptr: Uint32Array.of(0, 0, 0),
    positions: new Uint32Array(0),
  });
});

Deno.test("each group holds the positions that a filter finds", () => {
  const random = createRandom(3);
  const keys = Uint32Array.from({ length: 200 }, () => random.integer(17));
  const { indptr, positions } = groupPositions(keys, 17);
  for (let key = 0; key < 17; key++) {
    const expected = [...keys.keys()].filter((i) => keys[i] === key);
    assertEquals([...positions.subarray(indptr[key], indptr[key + 1])], expected);
  }
});
