import { Cache } from "../base/cache.ts";
import { SECONDS_PER_DAY } from "../base/time.ts";
import { unpackEvents } from "./event_coding.ts";
import type { History } from "../interactions/history.ts";
import type { Tensors } from "../linalg/tensor.ts";
import { entriesOf, findEntry } from "./block.ts";
import { BlockReader, type ReadOptions } from "./block_reader.ts";
import type { DayCount, FirstEvents, Histories, Period, Walk, WalkedUser } from "./histories.ts";
import { hashOf, idDigest } from "./id_digest.ts";
import { ProductDays } from "./product_days.ts";
import { ShardIndex } from "./shard_index.ts";

/** The memory for users' packed events, in bytes: some 100,000 users. */
const CACHE_BYTES = 1 << 25;

/** What an entry of the cache takes besides its bytes, about. */
const ENTRY_BYTES = 200;

/** The most blocks that {@linkcode HistoryShards.walk} reads together: a megabyte. */
const MOST_TOGETHER = 64;

/** More users than a block has: a place is the number of the block times this, plus the user's. */
const PLACES = 2 ** 20;

/** What a manifest says of shards. */
export interface ShardFacts {
  /** What all blocks are; see {@linkcode ShardIndex.id}. */
  readonly id: string;
  readonly users: number;
  /** Number of bytes of each shard. */
  readonly shardBytes: readonly number[];
  readonly examples: readonly string[];
}

/** How shards are read. */
export interface ShardOptions extends ReadOptions {
  /** Memory for users' packed events, in bytes. Default 32 MiB; 0 keeps none. */
  readonly cacheBytes?: number;
}

/**
 * Histories apart from the artifact, in shards that are read by user: from a folder by position, or
 * from another machine by range requests. A look-up reads one block of about 16 KB, whose digest
 * the artifact has, so that damage, or shards of another training, are an error. Packed events are
 * kept in bounded memory, those that were used last.
 */
export class HistoryShards implements Histories {
  readonly users: number;
  readonly examples: readonly string[];
  readonly resolution = SECONDS_PER_DAY;
  readonly #index: ShardIndex;
  readonly #days: ProductDays;
  readonly #blocks: BlockReader;
  /** Packed events by user; null for users that aren't known. */
  readonly #cache: Cache<Uint8Array | null>;

  /**
   * @param place The folder of the shards, or its URL.
   * @param tensors The index, and what was counted.
   * @throws {RangeError} If facts and tensors are inconsistent.
   * @throws {TypeError} If a tensor is missing or has another type.
   */
  constructor(
    place: string,
    { id, users, shardBytes, examples }: ShardFacts,
    tensors: Tensors,
    { cacheBytes = CACHE_BYTES, ...options }: ShardOptions = {},
  ) {
    this.users = users;
    this.examples = examples;
    const index = ShardIndex.fromTensors(tensors);
    if (index.id !== id) {
      throw new RangeError(`the index must be of histories ${id}, it is of ${index.id}`);
    }
    const bytes = Array.from({ length: index.shards }, (_, shard) => index.bytesOf(shard));
    if (bytes.join() !== shardBytes.join()) {
      throw new RangeError(`shards must have ${shardBytes} bytes, by the index they have ${bytes}`);
    }
    this.#index = index;
    this.#days = new ProductDays(tensors, index.coding);
    this.#blocks = new BlockReader(place, index, options);
    this.#cache = new Cache(Math.max(1, cacheBytes));
  }

  /** Number of products. */
  get items(): number {
    return this.#days.items;
  }

  async of(userId: string): Promise<History | undefined> {
    let bytes = this.#cache.get(userId);
    if (bytes === undefined) {
      bytes = await this.#find(userId);
      const size = ENTRY_BYTES + 2 * userId.length + (bytes?.length ?? 0);
      this.#cache.set(userId, bytes, { size });
    }
    return bytes === null ? undefined : this.#unpack(bytes);
  }

  async #find(userId: string): Promise<Uint8Array | null> {
    const block = this.#index.find(hashOf(idDigest(userId)));
    if (block < 0) return null;
    const bytes = await this.#blocks.one(block);
    const found = findEntry(bytes, userId);
    return found ? bytes.slice(found.start, found.end) : null;
  }

  #unpack(bytes: Uint8Array): History {
    return unpackEvents(bytes, { start: 0, end: bytes.length }, this.#index.coding);
  }

  async *walk({ from = 0, to = Infinity }: Walk = {}): AsyncGenerator<WalkedUser> {
    let skipped = from % PLACES;
    let together = 1;
    const last = Math.min(this.#index.blocks, Math.ceil(to / PLACES));
    for (let block = Math.floor(from / PLACES); block < last;) {
      const end = Math.min(block + together, this.#index.endOfShard(block), last);
      for (const bytes of await this.#blocks.some(block, end)) {
        let user = 0;
        for (const { userId, events } of entriesOf(bytes)) {
          const place = block * PLACES + user++;
          if (user <= skipped) continue;
          if (place >= to) return;
          const history = this.#unpack(bytes.subarray(events.start, events.end));
          yield { userId, history, next: place + 1 };
        }
        skipped = 0;
        block++;
      }
      together = Math.min(MOST_TOGETHER, 2 * together);
    }
  }

  async sample(most: number): Promise<History[]> {
    const { blocks } = this.#index;
    const step = Math.max(1, Math.ceil(blocks / most));
    const each = Math.ceil(most * step / blocks);
    const sampled: History[] = [];
    for (let block = 0; block < blocks; block += step) {
      const bytes = await this.#blocks.one(block);
      const active = [...entriesOf(bytes)].filter(({ events }) => events.end > events.start);
      const count = Math.min(each, active.length);
      for (let i = 0; i < count; i++) {
        const { events } = active[Math.floor(i * active.length / count)];
        sampled.push(this.#unpack(bytes.subarray(events.start, events.end)));
      }
    }
    return sampled.slice(0, most);
  }

  parts(size: number): Required<Walk>[] {
    const { blocks } = this.#index;
    const step = Math.max(1, Math.round(size * blocks / this.users));
    return Array.from({ length: Math.ceil(blocks / step) }, (_, part) => ({
      from: part * step * PLACES,
      to: (part + 1) * step * PLACES,
    }));
  }

  /** A limit before the latest event is taken as it is: events are counted by day. */
  latestUntil(limit: number): number {
    return Math.min(limit, this.#days.latest);
  }

  sums(period: Period, items: number): Float32Array {
    return this.#days.sums(period, items);
  }

  firstEvents(): FirstEvents {
    return this.#days.firstEvents;
  }

  daysOf(item: number): DayCount[] {
    return this.#days.daysOf(item);
  }

  async check(): Promise<void> {
    await this.#blocks.one(0);
  }
}
