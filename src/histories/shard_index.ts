import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import type { EventCoding } from "./event_coding.ts";
import { sha256 } from "../base/sha256.ts";

/** Where a block is, and what it must be. */
export interface Block {
  /** The number of its shard. */
  readonly shard: number;
  /** Its first byte within the shard. */
  readonly start: number;
  readonly bytes: number;
  /** See {@linkcode blockDigest}. */
  readonly digest: readonly [number, number];
}

/** What {@linkcode ShardIndex} is made of. */
export interface IndexArrays {
  readonly coding: EventCoding;
  /** Of each block the hash of its first user, ascending. */
  readonly hashes: Uint32Array;
  /** Number of bytes of each block. */
  readonly lengths: Uint32Array;
  /** Two numbers for each block. */
  readonly digests: Uint32Array;
  /** Number of blocks of each shard. */
  readonly shards: Uint32Array;
}

/** The first 64 bits of a block's SHA-256. */
export function blockDigest(bytes: Uint8Array<ArrayBuffer>): [number, number] {
  const digest = sha256(bytes);
  return [parseInt(digest.slice(0, 8), 16), parseInt(digest.slice(8, 16), 16)];
}

/**
 * Finds the block that holds a user, without reading any: the index is part of the artifact, with
 * 16 bytes for each block of about 16 KB. Users are in the order of the digests of their ids, and
 * those with the same hash are in the same block.
 */
export class ShardIndex {
  readonly coding: EventCoding;
  readonly #arrays: IndexArrays;
  /** The first byte of each block within its shard. */
  readonly #starts: Uint32Array;
  /** The first block of each shard; shards + 1 entries. */
  readonly #firsts: Uint32Array;

  /** @throws {RangeError} If the arrays are inconsistent. */
  constructor(arrays: IndexArrays) {
    const { coding, hashes, lengths, digests, shards } = arrays;
    this.coding = coding;
    this.#arrays = arrays;
    this.#firsts = new Uint32Array(shards.length + 1);
    shards.forEach((blocks, shard) => {
      this.#firsts[shard + 1] = this.#firsts[shard] + blocks;
    });
    if (
      lengths.length !== hashes.length || digests.length !== 2 * hashes.length ||
      this.#firsts[shards.length] !== hashes.length
    ) {
      throw new RangeError(
        `the index must have as many lengths, digests and blocks of shards as hashes, ` +
          `${hashes.length}`,
      );
    }
    const unordered = hashes.findIndex((hash, block) => block > 0 && hash <= hashes[block - 1]);
    if (unordered >= 0) throw new RangeError(`hashes must ascend, block ${unordered} doesn't`);
    this.#starts = new Uint32Array(lengths.length);
    for (let shard = 0; shard < shards.length; shard++) {
      let start = 0;
      for (let block = this.#firsts[shard]; block < this.#firsts[shard + 1]; block++) {
        this.#starts[block] = start;
        start += lengths[block];
      }
    }
  }

  /** Restores the index that {@linkcode ShardIndex.toTensors} saved. */
  static fromTensors(tensors: Tensors): ShardIndex {
    return new ShardIndex({
      coding: {
        weights: readTensor(tensors, "weights", Float32Array).data,
        first: readScalar(tensors, "first"),
      },
      hashes: readTensor(tensors, "hashes", Uint32Array).data,
      lengths: readTensor(tensors, "lengths", Uint32Array).data,
      digests: readTensor(tensors, "digests", Uint32Array).data,
      shards: readTensor(tensors, "shards", Uint32Array).data,
    });
  }

  /** `weights`, `first`, and by block or shard `hashes`, `lengths`, `digests` and `shards`. */
  toTensors(): Tensors {
    const { coding, hashes, lengths, digests, shards } = this.#arrays;
    return {
      weights: tensor(coding.weights),
      first: scalar(coding.first),
      hashes: tensor(hashes),
      lengths: tensor(lengths),
      digests: tensor(digests, [hashes.length, 2]),
      shards: tensor(shards),
    };
  }

  /** Number of blocks. */
  get blocks(): number {
    return this.#starts.length;
  }

  /** Number of shards. */
  get shards(): number {
    return this.#firsts.length - 1;
  }

  /** Number of bytes of a shard. */
  bytesOf(shard: number): number {
    const last = this.#firsts[shard + 1] - 1;
    return this.#starts[last] + this.#arrays.lengths[last];
  }

  /** What all blocks are, in 16 hexadecimal digits: the name of the folder of the shards. */
  get id(): string {
    const { hashes, lengths, digests, shards, coding } = this.#arrays;
    const arrays = [
      hashes,
      lengths,
      digests,
      shards,
      coding.weights,
      Float64Array.of(coding.first),
    ];
    const each = arrays.map((array) => sha256(new Uint8Array(array.slice().buffer)));
    return sha256(new TextEncoder().encode(each.join())).slice(0, 16);
  }

  /** The block after the last one of a block's shard. */
  endOfShard(block: number): number {
    return this.#firsts[lastUpTo(this.#firsts, block) + 1];
  }

  /** Where a block is. */
  at(block: number): Block {
    const { lengths, digests } = this.#arrays;
    return {
      shard: lastUpTo(this.#firsts, block),
      start: this.#starts[block],
      bytes: lengths[block],
      digest: [digests[2 * block], digests[2 * block + 1]],
    };
  }

  /** The number of the block that holds the users with a hash; -1 if none does. */
  find(hash: number): number {
    return lastUpTo(this.#arrays.hashes, hash);
  }
}

/** The place of the last of some ascending numbers that isn't above a limit; -1 if all are. */
function lastUpTo(numbers: Uint32Array, limit: number): number {
  let low = -1, high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] <= limit) low = middle;
    else high = middle;
  }
  return low;
}
