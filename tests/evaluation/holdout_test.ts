import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { holdOut, protocolFor, requirePast } from "../../src/evaluation/holdout.ts";
import { historyOf, type Interactions, sliceByTime } from "../../src/interactions/interactions.ts";
import { splitByTime } from "../../src/interactions/split.ts";
import { popularity } from "../../src/models/popularity.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";

/** Four users who touch one item a day each, for twenty days. */
const interactions = interactionsOf(
  Array.from({ length: 80 }, (_, i): HandEvent => [i % 4, i % 7, 1, Math.floor(i / 4) * DAY]),
);
const { train, trainAndValidation, validation, test } = splitByTime(interactions);

Deno.test("a model fitted to the past passes, whatever part of it", () => {
  requirePast({ history: train, truth: validation });
  requirePast({ history: trainAndValidation, truth: test });
  requirePast({ history: trainAndValidation, truth: test, fittedTo: train });
});

Deno.test("a model fitted to the future is refused, and the message says how late", async () => {
  const seer = await popularity.fit(interactions);
  assertThrows(
    () => evaluate("seer", seer, { history: train, truth: validation, fittedTo: interactions }),
    RangeError,
    "the training data must end before the truth starts, at 1970-01-13",
  );
});

Deno.test("histories that reach into the truth are refused, by a second already", () => {
  assertThrows(() => requirePast({ history: test, truth: test }), RangeError, "the histories");
  const one = interactionsOf([[0, 0, 1, 100]]);
  assertThrows(() => requirePast({ history: one, truth: one }), RangeError, "until 1970-01-01T00");
});

Deno.test("an empty truth can't be seen, and an empty past sees nothing", () => {
  const nothing = interactionsOf([]);
  requirePast({ history: test, truth: nothing });
  requirePast({ history: nothing, truth: interactionsOf([[0, 0, 1, 0]]) });
});

/** Cuts at second 100. */
function partsOf(events: readonly HandEvent[]) {
  const all = interactionsOf(events);
  return { past: sliceByTime(all, { to: 100 }), window: sliceByTime(all, { from: 100 }) };
}

/** User 0 ended before the window, 1 spans it, 2 is in it, 3 has one event in it. */
const sessions = partsOf([
  [0, 5, 1, 10],
  [0, 6, 1, 20],
  [1, 0, 1, 90],
  [1, 1, 2, 110],
  [1, 2, 1, 120],
  [2, 3, 1, 130],
  [2, 4, 4, 130],
  [3, 1, 1, 140],
]);

const itemsOf = (part: Interactions) =>
  [0, 1, 2, 3].map((user) => [...historyOf(part, user).items]);

Deno.test("by window, the past predicts all that is in the window", () => {
  const { history, truth, past } = holdOut(sessions, "window");
  assertEquals([history, truth, past], [sessions.past, sessions.window, undefined]);
});

Deno.test("next-item: the events before the last of the window predict it", () => {
  const { history, truth, past } = holdOut(sessions, "next-item");
  assertEquals(itemsOf(history), [[5, 6], [0, 1], [3], []]);
  assertEquals(itemsOf(truth), [[], [2], [4], [1]]);
  assertEquals(past, sessions.past);
  assertEquals([...historyOf(history, 1).times], [90, 110]);
  assertEquals([...historyOf(history, 1).weights], [1, 2]);
});

Deno.test("next-item: training ends before the window, each history before its own truth", () => {
  const holdout = holdOut(sessions, "next-item");
  requirePast(holdout);
  assertThrows(
    () => requirePast({ ...holdout, fittedTo: holdout.history }),
    RangeError,
    "the training data must end before the truth starts, at 1970-01-01T00:02:00",
  );
  const late = partsOf([[0, 0, 1, 10], [1, 0, 1, 105], [1, 1, 1, 150]]);
  assertThrows(
    () => requirePast({ past: late.past, history: late.window, truth: late.window }),
    RangeError,
    'the history of user "u1" must end before the truth starts',
  );
});

/** Users with two events in the window, the first few of them with one before it. */
function visits(users: number, returning: number) {
  const user = Array.from({ length: users }, (_, user) => user);
  return partsOf([
    ...user.slice(0, returning).map((user): HandEvent => [user, 0, 1, 1]),
    ...user.map((user): HandEvent => [user, 1, 1, 101]),
    ...user.map((user): HandEvent => [user, 2, 1, 102]),
  ]);
}

Deno.test("fewer than one user in twenty with earlier events: users are sessions", () => {
  assertEquals(protocolFor(visits(100, 4)), "next-item");
  assertEquals(protocolFor(visits(100, 5)), "window");
});

Deno.test("without an event in the window, or a second event, sessions help nothing", () => {
  assertEquals(protocolFor(partsOf([[0, 0, 1, 1], [0, 1, 1, 2]])), "window");
  assertEquals(protocolFor(partsOf([[0, 0, 1, 1], [1, 0, 1, 101], [2, 0, 1, 102]])), "window");
});
