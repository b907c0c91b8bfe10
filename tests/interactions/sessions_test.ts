import {
  groupBySession,
  SESSION_GAP_SECONDS,
  sessionsAgo,
} from "../../src/interactions/sessions.ts";
import { assertEquals } from "../assert.ts";
import { interactionsOf } from "./made_by_hand.ts";

const MINUTE = 60;

Deno.test("a gap of more than 30 minutes starts a session, one of 30 minutes doesn't", () => {
  assertEquals(SESSION_GAP_SECONDS, 30 * MINUTE);
  const { indptr, items } = groupBySession(interactionsOf([
    [0, 4, 1, 0],
    [0, 3, 1, 30 * MINUTE],
    [0, 2, 1, 60 * MINUTE + 1],
  ]));
  assertEquals([...indptr], [0, 2, 3]);
  assertEquals([...items], [4, 3, 2]);
});

Deno.test("sessions are ordered by their ends, across users", () => {
  const { indptr, items, ends } = groupBySession(interactionsOf([
    [0, 0, 1, 0],
    [1, 1, 1, 10],
    [0, 2, 1, 20],
    [2, 3, 1, 20],
  ]));
  assertEquals([...ends], [10, 20, 20]);
  // User 1's ended at 10, those of users 0 and 2 both at 20: ties in order of appearance.
  assertEquals([...indptr], [0, 1, 3, 4]);
  assertEquals([...items], [1, 0, 2, 3]);
});

Deno.test("the shop's sessions take precedence, even overlapping ones", () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 1, 2], [0, 3, 1, 90 * MINUTE]]);
  const { indptr, items } = groupBySession({ ...data, sessions: Uint32Array.of(700, 30, 700, 30) });
  assertEquals([...indptr], [0, 2, 4]);
  assertEquals([...items], [0, 2, 1, 3]);
});

Deno.test("a session that the shop gave two users is split by user", () => {
  const data = interactionsOf([[0, 0, 1, 0], [1, 1, 1, 1], [0, 2, 1, 2]]);
  const { indptr, items } = groupBySession({ ...data, sessions: Uint32Array.of(5, 5, 5) });
  assertEquals([...indptr], [0, 1, 3]);
  assertEquals([...items], [1, 0, 2]);
});

Deno.test("weights are damped: 1 for a view, log₂ 5 for a purchase", () => {
  const { weights } = groupBySession(interactionsOf([[0, 0, 1, 0], [0, 0, 4, 1], [0, 0, 0, 2]]));
  assertEquals(weights, Float32Array.of(1, Math.log2(5), 0));
});

Deno.test("no events give no sessions", () => {
  const { indptr, items } = groupBySession(interactionsOf([], { users: 3, items: 2 }));
  assertEquals([...indptr], [0]);
  assertEquals(items.length, 0);
});

Deno.test("the last session is 0 sessions ago, however old it is", () => {
  const times = Uint32Array.of(0, 1, 2000, 5000, 5000, 6800);
  assertEquals([...sessionsAgo({ times })], [2, 2, 1, 0, 0, 0]);
  assertEquals(sessionsAgo({ times: new Uint32Array(0) }).length, 0);
});
