import { type IndexArrays, ShardIndex } from "../../src/histories/shard_index.ts";
import { assertEquals, assertThrows } from "../assert.ts";

/** Three blocks in two shards. */
const ARRAYS: IndexArrays = {
  coding: { weights: Float32Array.of(1), first: 0 },
  hashes: Uint32Array.of(5, 9, 4_000_000_000),
  lengths: Uint32Array.of(100, 50, 70),
  digests: Uint32Array.of(1, 2, 3, 4, 5, 6),
  shards: Uint32Array.of(2, 1),
};

Deno.test("a hash is in the last block that doesn't begin after it", () => {
  const index = new ShardIndex(ARRAYS);
  assertEquals([4, 5, 8, 9, 3e9, 4e9, 2 ** 32 - 1].map((hash) => index.find(hash)), [
    ...[-1, 0, 0, 1, 1, 2, 2],
  ]);
});

Deno.test("a block is at a place of its shard, after those before it", () => {
  const index = new ShardIndex(ARRAYS);
  assertEquals([0, 1, 2].map((block) => index.at(block)), [
    { shard: 0, start: 0, bytes: 100, digest: [1, 2] },
    { shard: 0, start: 100, bytes: 50, digest: [3, 4] },
    { shard: 1, start: 0, bytes: 70, digest: [5, 6] },
  ]);
  assertEquals([0, 1].map((shard) => index.bytesOf(shard)), [150, 70]);
  assertEquals([0, 1, 2].map((block) => index.endOfShard(block)), [2, 2, 3]);
});

Deno.test("an index survives as tensors, and its id tells it from every other", () => {
  const index = new ShardIndex(ARRAYS);
  const again = ShardIndex.fromTensors(index.toTensors());
  assertEquals(again.id, index.id);
  assertEquals(again.at(1), index.at(1));
  const others: Partial<IndexArrays>[] = [
    { digests: Uint32Array.of(1, 2, 3, 4, 5, 7) },
    { coding: { weights: Float32Array.of(1), first: 1 } },
    { shards: Uint32Array.of(1, 2) },
  ];
  const ids = others.map((other) => new ShardIndex({ ...ARRAYS, ...other }).id);
  assertEquals(new Set([index.id, ...ids]).size, 4);
});

Deno.test("arrays that contradict each other are refused", () => {
  const making = (changes: Partial<IndexArrays>) => () => new ShardIndex({ ...ARRAYS, ...changes });
  assertThrows(making({ lengths: Uint32Array.of(1, 2) }), RangeError, "as many lengths");
  assertThrows(making({ shards: Uint32Array.of(2, 2) }), RangeError, "as many lengths");
  const unordered = making({ hashes: Uint32Array.of(5, 5, 9) });
  assertThrows(unordered, RangeError, "hashes must ascend, block 1 doesn't");
});
