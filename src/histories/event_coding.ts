import { type ByteWriter, countVarints } from "../linalg/varint.ts";
import type { History } from "../interactions/history.ts";

/** What packed events of all users have in common. */
export interface EventCoding {
  /** The different weights, ascending. */
  readonly weights: Float32Array;
  /** Time of the first event of all, in seconds since 1970-01-01 UTC. */
  readonly first: number;
}

/** Where a user's packed events are: from byte `start` up to `end`. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Makes a function that packs one user's events: two numbers of variable length each, the seconds
 * since the event before times the number of different weights, plus the number of its weight; and
 * its item. The first event counts from the first of all.
 *
 * @returns Appends the events from `start` up to `end`; throws a `RangeError` if a weight isn't
 *   among those of the coding, or a time is before the one before it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ByteWriter } from "../linalg/varint.ts";
 *
 * const coding = { weights: Float32Array.of(1, 4), first: 100 };
 * const history = {
 *   items: Uint32Array.of(7, 3),
 *   weights: Float32Array.of(1, 4),
 *   times: Uint32Array.of(100, 160),
 * };
 * const writer = new ByteWriter();
 * eventPacker(coding)(history, { start: 0, end: 2 }, writer);
 * const bytes = writer.bytes();
 * assertEquals(bytes, Uint8Array.of(0, 7, 121, 3));
 * assertEquals(unpackEvents(bytes, { start: 0, end: bytes.length }, coding), history);
 * ```
 */
export function eventPacker(
  { weights: distinct, first }: EventCoding,
): (events: History, span: ByteSpan, writer: ByteWriter) => void {
  const numberOf = new Map(Array.from(distinct, (weight, number) => [weight, number]));
  return ({ items, weights, times }, { start, end }, writer) => {
    let before = first;
    for (let i = start; i < end; i++) {
      if (times[i] < before) {
        throw new RangeError(
          `times must ascend for each user, that of event ${i}, ${times[i]}, is before ${before}`,
        );
      }
      const number = numberOf.get(weights[i]);
      if (number === undefined) {
        throw new RangeError(
          `weights must be among ${distinct.join(", ")}, that of event ${i} is ${weights[i]}`,
        );
      }
      writer.varint((times[i] - before) * distinct.length + number);
      writer.varint(items[i]);
      before = times[i];
    }
  };
}

/** Calls a function for each packed event of one user, oldest first. */
export function visitEvents(
  bytes: Uint8Array,
  { start, end }: ByteSpan,
  { weights, first }: EventCoding,
  visit: (item: number, weight: number, time: number) => void,
): void {
  let time = first;
  let moment = -1, value = 0, unit = 1;
  for (let at = start; at < end; at++) {
    value += (bytes[at] & 127) * unit;
    unit *= 128;
    if (bytes[at] >= 128) continue;
    if (moment < 0) {
      moment = value;
    } else {
      const number = moment % weights.length;
      time += (moment - number) / weights.length;
      visit(value, weights[number], time);
      moment = -1;
    }
    value = 0;
    unit = 1;
  }
}

/** The number of packed events of one user. */
export function countEvents(bytes: Uint8Array, { start, end }: ByteSpan): number {
  return countVarints(bytes, start, end) / 2;
}

/** The packed events of one user as a history. */
export function unpackEvents(bytes: Uint8Array, span: ByteSpan, coding: EventCoding): History {
  const length = countEvents(bytes, span);
  const items = new Uint32Array(length);
  const weights = new Float32Array(length);
  const times = new Uint32Array(length);
  let event = 0;
  visitEvents(bytes, span, coding, (item, weight, time) => {
    items[event] = item;
    weights[event] = weight;
    times[event++] = time;
  });
  return { items, weights, times };
}
