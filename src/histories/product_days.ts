import { SECONDS_PER_DAY } from "../base/time.ts";
import { lengthsOf, startsFromTensors } from "../linalg/lengths.ts";
import { readScalar, readTensor, scalar, tensor, type Tensors } from "../linalg/tensor.ts";
import { ByteReader, ByteWriter } from "../linalg/varint.ts";
import { COUNTED_DAYS, type DayCount, type FirstEvents, type Period } from "./histories.ts";
import type { History } from "../interactions/history.ts";
import type { ByteSpan } from "./event_coding.ts";

/** What a {@linkcode ProductDaysMaker} counts. */
export interface CountedEvents {
  /** Number of items. */
  readonly items: number;
  /** The different weights, ascending. */
  readonly weights: Float32Array;
  /** The time of the latest event that counts: of later ones the time is wrong. In seconds. */
  readonly latest: number;
}

/**
 * Counts by product and day what a service would otherwise read all histories for. Memory: four
 * bytes for each product, weight and day with events.
 */
export class ProductDaysMaker {
  readonly #counted: CountedEvents;
  readonly #numberOf: ReadonlyMap<number, number>;
  readonly #firstDay: number;
  /** By day from the first counted one on, by item and weight. */
  readonly #days: (Uint32Array | undefined)[] = [];
  readonly #firsts: Float64Array;

  constructor(counted: CountedEvents) {
    this.#counted = counted;
    this.#numberOf = new Map(Array.from(counted.weights, (weight, number) => [weight, number]));
    this.#firstDay = Math.floor(counted.latest / SECONDS_PER_DAY) - COUNTED_DAYS;
    this.#firsts = new Float64Array(counted.items).fill(Infinity);
  }

  /** Counts the events from `start` up to `end`. */
  add({ items, weights, times }: History, { start, end }: ByteSpan): void {
    const { items: size, weights: { length: kinds }, latest } = this.#counted;
    for (let i = start; i < end; i++) {
      const item = items[i], time = times[i];
      if (time < this.#firsts[item]) this.#firsts[item] = time;
      const place = Math.floor(time / SECONDS_PER_DAY) - this.#firstDay;
      if (place < 0 || time > latest) continue;
      const day = this.#days[place] ??= new Uint32Array(size * kinds);
      day[item * kinds + this.#numberOf.get(weights[i])!]++;
    }
  }

  /**
   * What was counted, as tensors: `firsts`, of each product the seconds from the first event of all
   * to its first, plus 1, and 0 for one without events; and of each day the products and counts.
   */
  toTensors(first: number): Tensors {
    const writer = new ByteWriter();
    const starts = new Uint32Array(COUNTED_DAYS + 2);
    for (let place = 0; place <= COUNTED_DAYS; place++) {
      let before = -1;
      this.#days[place]?.forEach((count, key) => {
        if (count === 0) return;
        writer.varint(key - before - 1);
        writer.varint(count);
        before = key;
      });
      starts[place + 1] = writer.length;
    }
    return {
      firsts: tensor(
        Uint32Array.from(this.#firsts, (time) => time === Infinity ? 0 : time - first + 1),
      ),
      latest: scalar(this.#counted.latest),
      dayCounts: tensor(writer.bytes()),
      dayLengths: tensor(lengthsOf(starts)),
    };
  }
}

/** What {@linkcode ProductDaysMaker} counted, read where it is: nothing is unpacked. */
export class ProductDays {
  /** The time of the latest event that counts, in seconds. */
  readonly latest: number;
  readonly #weights: Float32Array;
  readonly #first: number;
  readonly #firsts: Uint32Array;
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;

  /** Restores what was saved. */
  constructor(
    tensors: Tensors,
    { weights, first }: { readonly weights: Float32Array; readonly first: number },
  ) {
    this.#weights = weights;
    this.#first = first;
    this.latest = readScalar(tensors, "latest");
    this.#firsts = readTensor(tensors, "firsts", Uint32Array).data;
    this.#bytes = readTensor(tensors, "dayCounts", Uint8Array).data;
    this.#starts = startsFromTensors(tensors, "dayLengths", this.#bytes.length);
  }

  /** Number of products. */
  get items(): number {
    return this.#firsts.length;
  }

  /** When each product had its first event. */
  get firstEvents(): FirstEvents {
    const ofItem = Float64Array.from(
      this.#firsts,
      (seconds) => seconds === 0 ? Infinity : this.#first + seconds - 1,
    );
    return { ofItem, ofAll: this.#first };
  }

  /** See `Histories.sums`; the day of `to` counts whole. */
  sums({ from, to }: Period, items: number): Float32Array {
    const sums = new Float32Array(items);
    if (from % SECONDS_PER_DAY !== 0) {
      throw new RangeError(`Cannot sum events: days begin at midnight UTC, got ${from}`);
    }
    this.#forEach({ from, to }, ({ item, weight, count }) => {
      sums[item] += count * weight;
    });
    return sums;
  }

  /** See `Histories.daysOf`. */
  daysOf(item: number): DayCount[] {
    const counts: DayCount[] = [];
    this.#forEach({ from: -Infinity, to: Infinity }, ({ item: other, ...count }) => {
      if (other === item) counts.push(count);
    });
    return counts;
  }

  #forEach({ from, to }: Period, visit: (count: DayCount & { readonly item: number }) => void) {
    const kinds = this.#weights.length;
    const firstDay = Math.floor(this.latest / SECONDS_PER_DAY) - COUNTED_DAYS;
    for (let place = 0; place <= COUNTED_DAYS; place++) {
      const day = firstDay + place;
      if (day * SECONDS_PER_DAY < from || day * SECONDS_PER_DAY >= to) continue;
      const span = this.#bytes.subarray(this.#starts[place], this.#starts[place + 1]);
      const reader = new ByteReader(span);
      let key = -1;
      while (!reader.isAtEnd) {
        key += reader.varint() + 1;
        const count = reader.varint();
        visit({ day, item: Math.floor(key / kinds), weight: this.#weights[key % kinds], count });
      }
    }
  }
}
