import { textColumn } from "../../src/interactions/catalogue.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import {
  type EventColumns,
  groupByUser,
  historyOf,
  keepEvents,
  ratingMatrix,
  sliceByTime,
} from "../../src/interactions/interactions.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

/** User 1 has no events; users 2 and 0 alternate, partly in the same second. */
const columns: EventColumns = {
  userIds: IdMap.from(["a", "b", "c"]),
  itemIds: IdMap.from(["p", "q", "r"]),
  users: Uint32Array.of(2, 0, 2, 2, 0),
  items: Uint32Array.of(1, 0, 2, 1, 0),
  weights: Float32Array.of(1, 2, 1, 4, 1),
  times: Uint32Array.of(10, 20, 30, 30, 40),
  sessions: Uint32Array.of(7, 8, 7, 9, 8),
};

Deno.test("events are grouped by user and keep their order", () => {
  const grouped = groupByUser(columns);
  assertEquals(grouped.indptr, Uint32Array.of(0, 2, 2, 5));
  assertEquals(grouped.items, Uint32Array.of(0, 0, 1, 2, 1));
  assertEquals(grouped.weights, Float32Array.of(2, 1, 1, 1, 4));
  assertEquals(grouped.times, Uint32Array.of(20, 40, 10, 30, 30));
  assertEquals(grouped.sessions, Uint32Array.of(8, 8, 7, 7, 9));
});

Deno.test("optional columns are absent if the data has none, and passed on if it has", () => {
  const { sessions: _, ...withoutSessions } = columns;
  assertEquals("sessions" in groupByUser(withoutSessions), false);
  assertEquals("catalogue" in groupByUser(columns), false);
  const texts = textColumn(["x", "y", "z"]);
  const catalogue = {
    brand: texts,
    categoryId: texts,
    categoryCode: texts,
    price: Float32Array.of(1, 2, 3),
  };
  assertEquals(groupByUser({ ...columns, catalogue }).catalogue, catalogue);
});

Deno.test("no events and no users give empty groups", () => {
  const grouped = interactionsOf([]);
  assertEquals(grouped.indptr, Uint32Array.of(0));
  assertEquals(interactionsOf([], { users: 2 }).indptr, Uint32Array.of(0, 0, 0));
  assertEquals(ratingMatrix(grouped).values.length, 0);
});

Deno.test("random events are grouped as by a stable sort by user", () => {
  const random = createRandom(1);
  const rows = Array.from(
    { length: 3000 },
    (_, i) => [random.integer(50), random.integer(20), 1 + random.integer(4), i >> 2] as const,
  );
  const grouped = interactionsOf(rows, { users: 50, items: 20 });
  const sorted = rows.toSorted(([a], [b]) => a - b);
  assertEquals([...grouped.items], sorted.map(([, item]) => item));
  assertEquals([...grouped.weights], sorted.map(([, , weight]) => weight));
  assertEquals([...grouped.times], sorted.map(([, , , time]) => time));
});

Deno.test("a user's events out of chronological order are rejected", () => {
  assertThrows(
    () => groupByUser({ ...columns, times: Uint32Array.of(10, 20, 30, 29, 40) }),
    RangeError,
    `event 3 of user "c" is at 29, after one at 30`,
  );
});

Deno.test("events of different users may be in any order", () => {
  const { times } = groupByUser({ ...columns, times: Uint32Array.of(50, 1, 60, 60, 2) });
  assertEquals(times, Uint32Array.of(1, 2, 50, 60, 60));
});

Deno.test("columns must have the same length, and users an id", () => {
  assertThrows(
    () => groupByUser({ ...columns, weights: Float32Array.of(1) }),
    RangeError,
    "column weights must be as long as users, 5, got 1",
  );
  assertThrows(
    () => groupByUser({ ...columns, sessions: new Uint32Array(6) }),
    RangeError,
    "column sessions",
  );
  assertThrows(
    () => groupByUser({ ...columns, users: Uint32Array.of(2, 0, 2, 3, 0) }),
    RangeError,
    "users must be below 3, got 3",
  );
});

Deno.test("a user's history is a view into the arrays", () => {
  const grouped = groupByUser(columns);
  const history = historyOf(grouped, 2);
  assertEquals(history, {
    items: Uint32Array.of(1, 2, 1),
    weights: Float32Array.of(1, 1, 4),
    times: Uint32Array.of(10, 30, 30),
  });
  assertEquals(history.items.buffer === grouped.items.buffer, true);
  assertEquals(historyOf(grouped, 1).items.length, 0);
});

Deno.test("the rating matrix has one entry per pair: the largest weight or the sum", () => {
  const matrix = ratingMatrix(groupByUser(columns));
  assertEquals(matrix, {
    rows: 3,
    columns: 3,
    indptr: Uint32Array.of(0, 1, 1, 3),
    indices: Uint32Array.of(0, 1, 2),
    values: Float32Array.of(2, 4, 1),
  });
  assertEquals(ratingMatrix(groupByUser(columns), "sum").values, Float32Array.of(3, 5, 1));
});

Deno.test("a slice includes its first second and excludes its end", () => {
  const slice = sliceByTime(groupByUser(columns), { from: 20, to: 40 });
  assertEquals(slice.indptr, Uint32Array.of(0, 1, 1, 3));
  assertEquals(slice.times, Uint32Array.of(20, 30, 30));
  assertEquals(slice.items, Uint32Array.of(0, 2, 1));
  assertEquals(slice.weights, Float32Array.of(2, 1, 4));
  assertEquals(slice.sessions, Uint32Array.of(8, 7, 9));
});

Deno.test("a slice without bounds is everything, one outside the data is empty", () => {
  const grouped = groupByUser(columns);
  assertEquals(sliceByTime(grouped, {}), grouped);
  for (const span of [{ from: 41 }, { to: 10 }, { from: 30, to: 30 }]) {
    const empty = sliceByTime(grouped, span);
    assertEquals(empty.indptr, Uint32Array.of(0, 0, 0, 0));
    assertEquals(empty.sessions, new Uint32Array(0));
    assertEquals(empty.userIds.size, 3);
  }
});

Deno.test("adjacent slices hold every event once", () => {
  const grouped = groupByUser(columns);
  const before = sliceByTime(grouped, { to: 30 }), after = sliceByTime(grouped, { from: 30 });
  assertEquals(before.times.length + after.times.length, grouped.times.length);
  assertEquals(Math.max(...before.times) < Math.min(...after.times), true);
});

Deno.test("kept events keep their users, order and columns", () => {
  const grouped = groupByUser({
    ...columns,
    sessions: Uint32Array.from(columns.users, (_, i) => i),
  });
  const asked: number[] = [];
  const odd = keepEvents(grouped, (position) => asked.push(position) % 2 === 0);
  const positions = [...grouped.items.keys()];
  assertEquals(asked, positions);
  const kept = positions.filter((position) => position % 2 === 1);
  assertEquals([...odd.items], kept.map((p) => grouped.items[p]));
  assertEquals([...odd.weights], kept.map((p) => grouped.weights[p]));
  assertEquals([...odd.times], kept.map((p) => grouped.times[p]));
  assertEquals([...odd.sessions ?? []], kept.map((p) => grouped.sessions?.[p] ?? -1));
  const counts = [...grouped.indptr].map((start) => kept.filter((p) => p < start).length);
  assertEquals([...odd.indptr], counts);
});
