import { writeAll } from "../base/write_all.ts";
import { type ByteSpan, type EventCoding, eventPacker } from "./event_coding.ts";
import type { History } from "../interactions/history.ts";
import type { Tensors } from "../linalg/tensor.ts";
import { ByteWriter } from "../linalg/varint.ts";
import { writeEntry } from "./block.ts";
import { ProductDaysMaker } from "./product_days.ts";
import { ExampleUsers } from "./example_users.ts";
import { hashOf, idDigest } from "./id_digest.ts";
import { blockDigest, ShardIndex } from "./shard_index.ts";

/** From how many bytes on a block is full: what one look-up reads. */
const BLOCK_BYTES = 1 << 14;

/** From how many bytes on a shard is full: few files, and none too large to copy again. */
const SHARD_BYTES = 1 << 26;

/** How many bytes of blocks are written to disk at once. */
const WRITE_BYTES = 1 << 20;

/** A user's events: those from `start` up to `end` of some arrays. */
export interface UserEvents {
  readonly userId: string;
  readonly events: History;
  readonly span: ByteSpan;
}

/** Everybody's events, and what is known of them beforehand. */
export interface HistorySource {
  readonly coding: EventCoding;
  /** Number of items. */
  readonly items: number;
  /** The time of the latest event that isn't in the future, in seconds. */
  readonly latest: number;
  /** All users with their events, in the order of the digests of their ids. */
  readonly users: Iterable<UserEvents> | AsyncIterable<UserEvents>;
}

/** Opens everybody's events; those after a time, in seconds, are in the future. */
export type MakeSource = (until: number) => HistorySource | Promise<HistorySource>;

/** Written shards. */
export interface WrittenShards {
  /** What all blocks are; see {@linkcode ShardIndex.id}. */
  readonly id: string;
  readonly users: number;
  readonly events: number;
  /** Number of bytes of each shard. */
  readonly shardBytes: readonly number[];
  readonly examples: readonly string[];
  /** The index, and what is counted of all events. */
  readonly tensors: Tensors;
}

/** The file of a shard. */
export function shardFile(shard: number): string {
  return `${String(shard).padStart(5, "0")}.shard`;
}

/**
 * Writes everybody's histories to files of blocks. Holds one block, and what is counted: 16 bytes
 * for each block, and by product and day. The bytes depend on the users and their events alone.
 *
 * @param folder Empty.
 * @param options `blockBytes`, `shardBytes`: from how many bytes on one is full. Default 16 KiB and
 *   64 MiB; tests set less.
 * @throws {RangeError} If users don't come in the order of their digests, each once, or
 *   events don't fit the coding.
 */
export async function writeShards(
  folder: string,
  { coding, items, latest, users }: HistorySource,
  { blockBytes = BLOCK_BYTES, shardBytes = SHARD_BYTES } = {},
): Promise<WrittenShards> {
  await using files = new ShardFiles(folder, shardBytes);
  const pack = eventPacker(coding);
  const counted = new ProductDaysMaker({ items, weights: coding.weights, latest });
  const examples = new ExampleUsers();
  const block = new ByteWriter(), packed = new ByteWriter();
  const hashes: number[] = [];
  let before = "", count = 0, events = 0;
  for await (const { userId, events: arrays, span } of users) {
    const digest = idDigest(userId);
    if (digest <= before) {
      throw new RangeError(
        `users must come in the order of the SHA-256 of their ids, each once: "${userId}" doesn't`,
      );
    }
    const hash = hashOf(digest);
    // Users with the same hash stay together, so that a hash is in one block.
    if (block.length >= blockBytes && hash !== hashOf(before)) {
      await files.add(block.bytes());
      block.clear();
    }
    if (block.length === 0) hashes.push(hash);
    pack(arrays, span, packed);
    writeEntry(block, userId, packed.bytes());
    packed.clear();
    counted.add(arrays, span);
    examples.add(() => userId, span.end - span.start);
    events += span.end - span.start;
    count++;
    before = digest;
  }
  if (block.length > 0) await files.add(block.bytes());
  await files.finish();
  const index = new ShardIndex({
    coding,
    hashes: Uint32Array.from(hashes),
    lengths: Uint32Array.from(files.lengths),
    digests: Uint32Array.from(files.digests),
    shards: Uint32Array.from(files.shards),
  });
  return {
    ...{ id: index.id, users: count, events, examples: examples.chosen },
    shardBytes: files.shards.map((_, shard) => index.bytesOf(shard)),
    tensors: { ...index.toTensors(), ...counted.toTensors(coding.first) },
  };
}

/** The files of shards, one after another. */
class ShardFiles implements AsyncDisposable {
  /** Of each block. */
  readonly lengths: number[] = [];
  readonly digests: number[] = [];
  /** The number of blocks of each shard. */
  readonly shards: number[] = [];
  readonly #folder: string;
  readonly #most: number;
  #file: Deno.FsFile | undefined;
  #written = 0;
  readonly #buffer = new ByteWriter();

  constructor(folder: string, most: number) {
    this.#folder = folder;
    this.#most = most;
  }

  async add(block: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#file === undefined || this.#written + this.#buffer.length >= this.#most) {
      await this.finish();
      const path = `${this.#folder}/${shardFile(this.shards.length)}`;
      this.#file = await Deno.open(path, { write: true, createNew: true });
      this.#written = 0;
      this.shards.push(0);
    }
    this.shards[this.shards.length - 1]++;
    this.lengths.push(block.length);
    this.digests.push(...blockDigest(block));
    this.#buffer.write(block);
    if (this.#buffer.length >= WRITE_BYTES) await this.#flush();
  }

  /** Writes what is left to the current file, syncs it and closes it. */
  async finish(): Promise<void> {
    if (this.#file === undefined) return;
    await this.#flush();
    await this.#file.sync();
    this.#file.close();
    this.#file = undefined;
  }

  async #flush(): Promise<void> {
    this.#written += this.#buffer.length;
    await writeAll(this.#file!, this.#buffer.bytes());
    this.#buffer.clear();
  }

  /** Closes the file that an error left open. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#file?.close();
    return Promise.resolve();
  }
}
