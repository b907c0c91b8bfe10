/** A topic in memory, whose broker can fail. */
import { type Topic, TopicError, type TopicMessage } from "../../src/consume/topic.ts";

const encoder = new TextEncoder();

/** A topic with the messages of each partition, which have offsets from 0. */
export class FakeTopic implements Topic {
  readonly name = "events";
  readonly #partitions: TopicMessage[][];
  /** Offsets before these have been dropped. */
  dropped: number[];
  /** Fails after so many batches, once. */
  failAfter = Infinity;
  /** From where it was read, each time. */
  readonly reads: number[][] = [];

  constructor(partitions: readonly (readonly (string | Uint8Array | undefined)[])[]) {
    this.#partitions = partitions.map((values, partition) =>
      values.map((value, offset) => ({
        partition,
        offset,
        time: Date.UTC(2026, 0, 1) + offset,
        ...(value !== undefined && {
          value: typeof value === "string" ? encoder.encode(value) : value,
        }),
      }))
    );
    this.dropped = partitions.map(() => 0);
  }

  earliest(): Promise<number[]> {
    return Promise.resolve(this.dropped);
  }

  /** Batches of two messages, of all partitions in turn; then waits to be stopped. */
  async *read(offsets: readonly number[], signal: AbortSignal): AsyncGenerator<TopicMessage[]> {
    this.reads.push([...offsets]);
    const next = [...offsets];
    let batches = 0;
    while (next.some((offset, partition) => offset < this.#partitions[partition].length)) {
      for (const [partition, messages] of this.#partitions.entries()) {
        const batch = messages.slice(next[partition], next[partition] + 2);
        if (batch.length === 0) continue;
        next[partition] += batch.length;
        if (batches++ === this.failAfter) {
          this.failAfter = Infinity;
          throw new TopicError("Cannot read topic events: the broker is gone");
        }
        yield batch;
      }
    }
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  }
}
