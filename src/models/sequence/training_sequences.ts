import type { History } from "../../interactions/history.ts";
import { historyOf, type Interactions } from "../../interactions/interactions.ts";
import type { PackedSequences } from "../../linalg/kernels/transformer_trainer.ts";
import { type Random, shuffle } from "../../linalg/random.ts";

/**
 * The items of a history in order, without immediate repeats: what several events in a row with one
 * item say is that one. Items numbered `itemCount` and above are omitted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(itemSequence({ items: Uint32Array.of(7, 3, 3, 9, 3) }, 9), Uint32Array.of(7, 3));
 * ```
 */
export function itemSequence({ items }: Pick<History, "items">, itemCount: number): Uint32Array {
  const sequence = new Uint32Array(items.length);
  let count = 0;
  for (let i = 0; i < items.length; i++) {
    if (items[i] >= itemCount || (count > 0 && sequence[count - 1] === items[i])) continue;
    sequence[count++] = items[i];
  }
  return sequence.subarray(0, count);
}

/** Sequences to learn from, and some whose last item is held out. */
export interface SequenceSplit {
  /** Of at least two items each. */
  readonly train: readonly Uint32Array[];
  /** What some users did before the item held out. */
  readonly histories: readonly Uint32Array[];
  /** For each history, the item held out. */
  readonly next: Uint32Array;
}

/** Users' sequences of at least `shortest` items. */
export function sequencesOf(interactions: Interactions, shortest: number): Uint32Array[] {
  return Array.from(
    { length: interactions.userIds.size },
    (_, user) => itemSequence(historyOf(interactions, user), interactions.itemIds.size),
  ).filter(({ length }) => length >= shortest);
}

/** Share of all items that is held out at most. */
const HELD_OUT_SHARE = 0.05;

/**
 * Holds out the last item of some sequences of at least three items, at random; at most a twentieth
 * of all items.
 *
 * @param most Maximum number of sequences to hold out from.
 */
export function holdOutLast(
  sequences: readonly Uint32Array[],
  most: number,
  random: Random,
): SequenceSplit {
  const long = Uint32Array.from(sequences.keys()).filter((s) => sequences[s].length >= 3);
  const items = sequences.reduce((sum, { length }) => sum + length, 0);
  const count = Math.min(most, Math.floor(HELD_OUT_SHARE * items));
  const chosen = new Set(shuffle(long, random).subarray(0, count));
  const heldOut = sequences.filter((_, s) => chosen.has(s));
  return {
    train: sequences.map((items, s) => chosen.has(s) ? items.subarray(0, -1) : items),
    histories: heldOut.map((items) => items.subarray(0, -1)),
    next: Uint32Array.from(heldOut, (items) => items[items.length - 1]),
  };
}

/**
 * Cuts sequences into windows of at most `longest` + 1 items, from the end; each begins with the
 * item that the window before it ends with. So each item but the first is predicted once.
 */
export function windowsOf(sequences: readonly Uint32Array[], longest: number): Uint32Array[] {
  return sequences.flatMap((items) => {
    const windows: Uint32Array[] = [];
    for (let end = items.length; end >= 2; end -= longest) {
      windows.push(items.subarray(Math.max(0, end - longest - 1), end));
    }
    return windows;
  });
}

/** Sequences one after another, without padding. */
export function packSequences(sequences: readonly Uint32Array[]): PackedSequences {
  const starts = new Uint32Array(sequences.length + 1);
  sequences.forEach(({ length }, s) => starts[s + 1] = starts[s] + length);
  const items = new Uint32Array(starts[sequences.length]);
  sequences.forEach((sequence, s) => items.set(sequence, starts[s]));
  return { starts, items };
}

/** Consecutive windows, as many at a time as predict at most `most` items. */
export function batchesOf(windows: readonly Uint32Array[], most: number): Uint32Array[][] {
  const batches: Uint32Array[][] = [];
  let room = 0;
  for (const window of windows) {
    if (window.length - 1 > room) {
      batches.push([]);
      room = most;
    }
    batches[batches.length - 1].push(window);
    room -= window.length - 1;
  }
  return batches;
}
