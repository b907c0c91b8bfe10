import { indexSessions, packSessions } from "../../../src/models/sequence/session_index.ts";
import { SECONDS_PER_DAY as DAY } from "../../../src/base/time.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("a session holds each item once, at its last event, with its largest weight", () => {
  // Session 0: items 2, 0, 2; session 1: item 0.
  const { indptr, items, weights, itemIndptr, longest } = indexSessions({
    indptr: Uint32Array.of(0, 3, 4),
    items: Uint32Array.of(2, 0, 2, 0),
    weights: Float32Array.of(2, 1, 1, 1),
    ends: Uint32Array.of(10, 20),
  }, 3);
  assertEquals(indptr, Uint32Array.of(0, 2, 3));
  // Three items fit into a byte each.
  assertEquals(items, Uint8Array.of(0, 2, 0));
  assertEquals(weights, Float32Array.of(1, 2, 1));
  assertEquals(itemIndptr, Uint32Array.of(0, 2, 2, 3));
  assertEquals(longest, 2);
});

Deno.test("days are counted back from the end of the latest session", () => {
  // The last four within a day, the second within the day before, the first two days earlier.
  const ends = [DAY - 1, 3 * DAY - 1, 3 * DAY, 3 * DAY, 4 * DAY - 1, 4 * DAY - 1];
  const { dayStarts } = indexSessions({
    indptr: Uint32Array.from([...ends, 0].keys()),
    items: new Uint32Array(6),
    weights: new Float32Array(6).fill(1),
    ends: Uint32Array.from(ends),
  }, 1);
  assertEquals(dayStarts, Uint32Array.of(0, 1, 1, 2, 6));
});

Deno.test("an item's sessions are packed latest first, as distances", () => {
  // Of 1,000 sessions item 0 is in none, item 1 in the first and the last two.
  const packed = packSessions({
    itemIndptr: Uint32Array.of(0, 0, 3),
    itemSessions: Uint32Array.of(0, 998, 999),
    sessions: 1000,
  });
  assertEquals(packed.starts, Uint32Array.of(0, 0, 4));
  // 1000 − 999, 999 − 998, 998 − 0 = 7·128 + 102
  assertEquals(packed.bytes, Uint8Array.of(1, 1, 128 | 102, 7));
});
