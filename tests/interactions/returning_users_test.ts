import { sliceByTime } from "../../src/interactions/interactions.ts";
import { eventCount, usersAreSessions } from "../../src/interactions/returning_users.ts";
import { assertEquals } from "../assert.ts";
import { type HandEvent, interactionsOf } from "./made_by_hand.ts";

/** A hundred users with two events each from second 100 on, and some with an earlier one. */
function visits(returning: number) {
  const events = Array.from({ length: 200 }, (_, i): HandEvent => [i >> 1, i % 3, 1, 100 + i]);
  const earlier = Array.from({ length: returning }, (_, user): HandEvent => [user, 0, 1, user]);
  return partsOf([...earlier, ...events]);
}

function partsOf(events: readonly HandEvent[]) {
  const all = interactionsOf(events);
  return { past: sliceByTime(all, { to: 100 }), window: sliceByTime(all, { from: 100 }) };
}

Deno.test("users are sessions if fewer than one in twenty has earlier events", () => {
  assertEquals([0, 4, 5, 100].map((count) => usersAreSessions(visits(count))), [
    true,
    true,
    false,
    false,
  ]);
});

Deno.test("users with one event each aren't sessions: nothing could be predicted", () => {
  const single = Array.from({ length: 50 }, (_, i): HandEvent => [i, i % 3, 1, 100 + i]);
  assertEquals(usersAreSessions(partsOf([[0, 0, 1, 1], ...single])), false);
  assertEquals(usersAreSessions(partsOf([[0, 0, 1, 1], [0, 1, 1, 2]])), false);
});

Deno.test("a user's events are counted", () => {
  const { past, window } = visits(4);
  assertEquals([0, 3, 4].map((user) => eventCount(past, user)), [1, 1, 0]);
  assertEquals([0, 99].map((user) => eventCount(window, user)), [2, 2]);
});
