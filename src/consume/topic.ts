/** A message of a topic. */
export interface TopicMessage {
  readonly partition: number;
  readonly offset: number;
  /** When it was sent, in milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  /** Absent of messages that only delete a key. */
  readonly value?: Uint8Array;
}

/** A stream of messages in partitions, as Kafka has them. */
export interface Topic {
  readonly name: string;
  /** The offset of the first message that each partition still has, by partition. */
  earliest(): Promise<readonly number[]>;
  /**
   * Reads messages as they come, in batches, those of a partition in the order of their offsets.
   * Batches that aren't taken hold the broker back.
   *
   * @param offsets Where to begin, by partition.
   * @param signal Ends it.
   */
  read(offsets: readonly number[], signal: AbortSignal): AsyncIterable<readonly TopicMessage[]>;
}

/** The broker can't be reached, or has no such topic. */
export class TopicError extends Error {
  override readonly name = "TopicError";
}
