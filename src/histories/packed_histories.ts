import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import { startsFromTensors, startsToTensors } from "../linalg/lengths.ts";
import { ByteWriter } from "../linalg/varint.ts";
import {
  type ByteSpan,
  countEvents,
  type EventCoding,
  eventPacker,
  unpackEvents,
  visitEvents,
} from "./event_coding.ts";
import type { History } from "../interactions/history.ts";
import type { Interactions } from "../interactions/interactions.ts";

/** The events of all users: the arrays of {@linkcode Interactions}, without ids and sessions. */
export type EventArrays = Pick<Interactions, "indptr" | "items" | "weights" | "times">;

/** What {@linkcode PackedHistories.forEach} calls for each event. */
export type EventVisitor = (item: number, weight: number, time: number, user: number) => void;

/**
 * The events of all users in about four bytes each, a third of what plain arrays take; see
 * {@linkcode eventPacker}. A history is unpacked when it is asked for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const histories = PackedHistories.pack({
 *   indptr: Uint32Array.of(0, 0, 2),
 *   items: Uint32Array.of(7, 3),
 *   weights: Float32Array.of(1, 4),
 *   times: Uint32Array.of(100, 160),
 * });
 * assertEquals(histories.of(0).items.length, 0);
 * assertEquals(histories.of(1), {
 *   items: Uint32Array.of(7, 3),
 *   weights: Float32Array.of(1, 4),
 *   times: Uint32Array.of(100, 160),
 * });
 * ```
 */
export class PackedHistories {
  /** The first byte of each user; users + 1 entries. */
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array;
  readonly #coding: EventCoding;

  private constructor(
    { starts, bytes, weights, first }: EventCoding & {
      readonly starts: Uint32Array;
      readonly bytes: Uint8Array;
    },
  ) {
    this.#starts = starts;
    this.#bytes = bytes;
    this.#coding = { weights, first };
  }

  /**
   * Packs events.
   *
   * @throws {RangeError} If a user's events aren't in chronological order.
   */
  static pack(events: EventArrays): PackedHistories {
    const { indptr, weights, times } = events;
    const distinct = Float32Array.from(new Set(weights)).sort();
    const first = times.reduce((least, time) => Math.min(least, time), Infinity);
    const pack = eventPacker({ weights: distinct, first });
    const starts = new Uint32Array(indptr.length);
    const writer = new ByteWriter();
    for (let user = 0; user + 1 < indptr.length; user++) {
      pack(events, { start: indptr[user], end: indptr[user + 1] }, writer);
      starts[user + 1] = writer.length;
    }
    return new PackedHistories({ starts, bytes: writer.bytes(), weights: distinct, first });
  }

  /**
   * Restores the histories that {@linkcode PackedHistories.toTensors} saved, without copying the
   * events.
   *
   * @throws {TypeError} If a tensor is missing or has another type.
   * @throws {RangeError} If the lengths don't sum to the number of bytes.
   */
  static fromTensors(tensors: Tensors): PackedHistories {
    const bytes = readTensor(tensors, "bytes", Uint8Array).data;
    return new PackedHistories({
      starts: startsFromTensors(tensors, "lengths", bytes.length),
      bytes,
      weights: readTensor(tensors, "weights", Float32Array).data,
      first: readScalar(tensors, "first"),
    });
  }

  /** The packed events as tensors `bytes`, `lengths` (by user), `weights` and `first`. */
  toTensors(): Tensors {
    return {
      bytes: tensor(this.#bytes),
      ...startsToTensors("lengths", this.#starts),
      weights: tensor(this.#coding.weights),
      first: scalar(this.#coding.first),
    };
  }

  /** Number of users. */
  get users(): number {
    return this.#starts.length - 1;
  }

  /** Number of events of a user. */
  lengthOf(user: number): number {
    return countEvents(this.#bytes, this.#spanOf(user));
  }

  /** The events of one user. */
  of(user: number): History {
    return unpackEvents(this.#bytes, this.#spanOf(user), this.#coding);
  }

  /**
   * Calls a function for every event, user by user, without keeping any.
   *
   * @param options `from`, `to`: the first user, and the one after the last. Default all.
   */
  forEach(visit: EventVisitor, { from = 0, to = this.users } = {}): void {
    for (let user = from; user < Math.min(to, this.users); user++) {
      visitEvents(
        this.#bytes,
        this.#spanOf(user),
        this.#coding,
        (item, weight, time) => visit(item, weight, time, user),
      );
    }
  }

  #spanOf(user: number): ByteSpan {
    return { start: this.#starts[user], end: this.#starts[user + 1] };
  }
}
