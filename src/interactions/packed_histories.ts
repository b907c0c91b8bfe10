import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import { startsFromTensors, startsToTensors } from "../linalg/lengths.ts";
import { ByteWriter, countVarints } from "../linalg/varint.ts";
import type { History } from "./history.ts";
import type { Interactions } from "./interactions.ts";

/** The events of all users: the arrays of {@linkcode Interactions}, without ids and sessions. */
export type EventArrays = Pick<Interactions, "indptr" | "items" | "weights" | "times">;

/** What {@linkcode PackedHistories.forEach} calls for each event. */
export type EventVisitor = (item: number, weight: number, time: number, user: number) => void;

/**
 * The events of all users in about four bytes each, a third of what plain arrays take. An event is
 * two numbers of variable length: the seconds since the user's event before, times the number of
 * different weights, plus the number of its weight; and its item. The first event counts from the
 * first of all. A history is unpacked when it is asked for.
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
  /** The different weights, ascending. */
  readonly #weights: Float32Array;
  /** Time of the first event of all. */
  readonly #first: number;

  private constructor(
    { starts, bytes, weights, first }: {
      starts: Uint32Array;
      bytes: Uint8Array;
      weights: Float32Array;
      first: number;
    },
  ) {
    this.#starts = starts;
    this.#bytes = bytes;
    this.#weights = weights;
    this.#first = first;
  }

  /**
   * Packs events.
   *
   * @throws {RangeError} If a user's events aren't in chronological order.
   */
  static pack({ indptr, items, weights, times }: EventArrays): PackedHistories {
    const distinct = Float32Array.from(new Set(weights)).sort();
    const numberOf = new Map(Array.from(distinct, (weight, number) => [weight, number]));
    const first = times.reduce((least, time) => Math.min(least, time), Infinity);
    const starts = new Uint32Array(indptr.length);
    const writer = new ByteWriter();
    for (let user = 0; user + 1 < indptr.length; user++) {
      let before = first;
      for (let i = indptr[user]; i < indptr[user + 1]; i++) {
        if (times[i] < before) {
          throw new RangeError(
            `times must ascend for each user, that of event ${i}, ${times[i]}, is before ${before}`,
          );
        }
        writer.varint((times[i] - before) * distinct.length + numberOf.get(weights[i])!);
        writer.varint(items[i]);
        before = times[i];
      }
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
      weights: tensor(this.#weights),
      first: scalar(this.#first),
    };
  }

  /** Number of users. */
  get users(): number {
    return this.#starts.length - 1;
  }

  /** Number of events of a user. */
  lengthOf(user: number): number {
    return countVarints(this.#bytes, this.#starts[user], this.#starts[user + 1]) / 2;
  }

  /** The events of one user. */
  of(user: number): History {
    const length = this.lengthOf(user);
    const items = new Uint32Array(length);
    const weights = new Float32Array(length);
    const times = new Uint32Array(length);
    let event = 0;
    this.#visit(user, (item, weight, time) => {
      items[event] = item;
      weights[event] = weight;
      times[event++] = time;
    });
    return { items, weights, times };
  }

  /**
   * Calls a function for every event, user by user, without keeping any.
   *
   * @param options `from`, `to`: the first user, and the one after the last. Default all.
   */
  forEach(visit: EventVisitor, { from = 0, to = this.users } = {}): void {
    for (let user = from; user < Math.min(to, this.users); user++) this.#visit(user, visit);
  }

  #visit(user: number, visit: EventVisitor): void {
    const bytes = this.#bytes, weights = this.#weights;
    const end = this.#starts[user + 1];
    let time = this.#first;
    let moment = -1, value = 0, unit = 1;
    for (let at = this.#starts[user]; at < end; at++) {
      value += (bytes[at] & 127) * unit;
      unit *= 128;
      if (bytes[at] >= 128) continue;
      if (moment < 0) {
        moment = value;
      } else {
        const number = moment % weights.length;
        time += (moment - number) / weights.length;
        visit(value, weights[number], time, user);
        moment = -1;
      }
      value = 0;
      unit = 1;
    }
  }
}
