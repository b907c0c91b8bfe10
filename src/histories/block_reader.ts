import { type HistoriesError, unreadable } from "./histories_error.ts";
import { Patience } from "./patience.ts";
import { rangeReader, type ReadRange } from "./shard_files.ts";
import { blockDigest, type ShardIndex } from "./shard_index.ts";
import { shardFile } from "./write_shards.ts";

/** How long reading may take, in seconds. */
const TIMEOUT = 1;

/** How blocks are read. */
export interface ReadOptions {
  /** How long reading may take, in seconds. Default 1. */
  readonly timeout?: number;
  /** Is told how long each read took, in seconds, and why it failed. Default nobody is. */
  readonly onRead?: (seconds: number, error?: HistoriesError) => void;
}

/**
 * Reads blocks of shards and checks that each is the one that the index means. A block that is
 * asked for while it is being read is read once.
 */
export class BlockReader {
  readonly #place: string;
  readonly #index: ShardIndex;
  readonly #read: ReadRange;
  readonly #patience: Patience;
  readonly #onRead: NonNullable<ReadOptions["onRead"]>;
  readonly #reading = new Map<number, Promise<Uint8Array<ArrayBuffer>>>();

  /** @param place Where the shards are: a folder or a URL. */
  constructor(
    place: string,
    index: ShardIndex,
    { timeout = TIMEOUT, onRead = () => {} }: ReadOptions = {},
  ) {
    this.#place = place;
    this.#index = index;
    this.#read = rangeReader(place);
    this.#patience = new Patience(timeout);
    this.#onRead = onRead;
  }

  /**
   * One block.
   *
   * @throws {HistoriesError} If it can't be read, or is another one.
   */
  one(block: number): Promise<Uint8Array<ArrayBuffer>> {
    let reading = this.#reading.get(block);
    if (!reading) {
      reading = this.some(block, block + 1).then(([bytes]) => bytes)
        .finally(() => this.#reading.delete(block));
      this.#reading.set(block, reading);
    }
    return reading;
  }

  /**
   * Some blocks of one shard, read together.
   *
   * @param to The block after the last.
   * @throws {HistoriesError} If they can't be read, or aren't those of the index.
   */
  async some(from: number, to: number): Promise<Uint8Array<ArrayBuffer>[]> {
    const blocks = Array.from({ length: to - from }, (_, i) => this.#index.at(from + i));
    const file = shardFile(blocks[0].shard);
    const { start } = blocks[0];
    const bytes = blocks.reduce((sum, { bytes }) => sum + bytes, 0);
    const started = performance.now();
    try {
      const all = await this.#patience.run((signal) => this.#read({ file, start, bytes }, signal));
      const parts = blocks.map((block) => {
        const at = block.start - start;
        return all.slice(at, at + block.bytes);
      });
      if (parts.some((part, i) => blockDigest(part).join() !== blocks[i].digest.join())) {
        throw new TypeError(`${file} is damaged, or of another training`);
      }
      this.#onRead((performance.now() - started) / 1000);
      return parts;
    } catch (error) {
      const told = unreadable(this.#place, (error as Error).message, error);
      this.#onRead((performance.now() - started) / 1000, told);
      throw told;
    }
  }
}
