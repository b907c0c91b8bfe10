import {
  Consumer,
  ListOffsetTimestamps,
  type Message,
  MessagesStreamModes,
  type SASLOptions,
} from "@platformatic/kafka";
import { gather } from "./gather.ts";
import { type Topic, TopicError, type TopicMessage } from "./topic.ts";

/** How a topic of Kafka is reached. */
export interface KafkaOptions {
  /** `host:port` of one or more brokers. */
  readonly brokers: readonly string[];
  readonly topic: string;
  /** Whether connections are encrypted. Default false. */
  readonly tls?: boolean;
  /** How this program proves who it is. Default not at all. */
  readonly sasl?: SASLOptions;
}

/** The most messages in a batch; a store's transaction may hold fewer. */
const MOST = 500;

/** How long a batch waits for more messages, in milliseconds. */
const LINGER_MS = 20;

/** How long the broker may take for an answer, and how often it is asked again. */
const PATIENCE = { timeout: 5000, connectTimeout: 3000, retries: 2, retryDelay: 200 };

/**
 * A topic of Kafka. All its partitions are read, from offsets that the caller keeps; Kafka keeps
 * none. Messages of transactions are read when these are committed.
 */
export function kafkaTopic({ brokers, topic: name, tls = false, sasl }: KafkaOptions): Topic {
  const open = () =>
    new Consumer({
      clientId: "recommender",
      // The client needs one; alone in its group, a consumer has all partitions.
      groupId: `recommender-${crypto.randomUUID()}`,
      bootstrapBrokers: [...brokers],
      ...(tls && { tls: {} }),
      ...(sasl && { sasl }),
      ...PATIENCE,
    });
  const attempt = async <T>(what: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw topicError(`${what} ${name} at ${brokers.join(", ")}`, error as Error);
    }
  };
  return {
    name,
    earliest: () =>
      attempt("find topic", async () => {
        const consumer = open();
        try {
          const timestamp = ListOffsetTimestamps.EARLIEST;
          const offsets = await consumer.listOffsets({ topics: [name], timestamp });
          return (offsets.get(name) ?? []).map(Number);
        } finally {
          await close(consumer);
        }
      }),
    async *read(offsets, signal) {
      const consumer = open();
      try {
        const stream = await attempt("read topic", () =>
          consumer.consume({
            topics: [name],
            autocommit: false,
            mode: MessagesStreamModes.MANUAL,
            offsets: offsets.map((offset, partition) => ({
              topic: name,
              partition,
              offset: BigInt(offset),
            })),
          }));
        const stop = () => void stream.close().catch(() => {});
        signal.addEventListener("abort", stop, { once: true });
        try {
          const batches = gather(stream, { most: MOST, lingerMs: LINGER_MS })
            [Symbol.asyncIterator]();
          while (!signal.aborted) {
            const { value, done } = await attempt("read topic", () => batches.next());
            if (done) return;
            yield value.map(toMessage);
          }
        } finally {
          signal.removeEventListener("abort", stop);
        }
      } finally {
        await close(consumer);
      }
    },
  };
}

function toMessage({ partition, offset, timestamp, value }: Message): TopicMessage {
  return {
    partition,
    offset: Number(offset),
    time: Number(timestamp),
    ...(value != null && { value }),
  };
}

/** A broker that is gone can't be told. */
async function close(consumer: Consumer): Promise<void> {
  await consumer.close(true).catch(() => {});
}

function topicError(attempt: string, error: Error): TopicError {
  const reasons = new Set(messagesOf(error).map((message) => message.replace(/\.$/, "")));
  return new TopicError(`Cannot ${attempt}: ${[...reasons].join(": ")}`, { cause: error });
}

/** What an error and those behind it say: a refused login is the cause of a failed connection. */
function messagesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const behind = error instanceof AggregateError ? error.errors : [];
  return [error.message, ...[...behind, error.cause].flatMap(messagesOf)];
}
