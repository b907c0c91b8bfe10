import { prepareHoldout } from "../../src/evaluation/prepared_holdout.ts";
import { assertEquals, assertThrows } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";

const size = { users: 4, items: 3 };

// Users 0 and 1 return, user 2 doesn't, user 3 is new. Item 0 is known to two, item 1 to one of
// them twice.
const past: HandEvent[] = [[0, 0, 1, 1], [1, 0, 1, 2], [1, 1, 1, 3], [1, 1, 1, 4], [2, 1, 1, 5]];
const future: HandEvent[] = [[0, 2, 1, 9], [1, 2, 1, 9], [3, 2, 1, 9]];
const holdout = { history: interactionsOf(past, size), truth: interactionsOf(future, size) };

Deno.test("users are sorted by whether they have a past and a future, and counted", () => {
  const { users, newcomers, population } = prepareHoldout(holdout);
  assertEquals([users, newcomers], [Uint32Array.of(0, 1), Uint32Array.of(3)]);
  assertEquals(population, { measurable: 2, measured: 2, withoutTruth: 1, withoutHistory: 1 });
});

Deno.test("an item is known to as many users as touched it, however often", () => {
  const { usersOfItem, activeUsers, terms } = prepareHoldout(holdout);
  assertEquals([usersOfItem, activeUsers], [Uint32Array.of(2, 2, 0), 3]);
  assertEquals(terms, undefined);
});

Deno.test("samples are ascending, the same for the same seed, others for another", () => {
  const users = 50;
  const allUsers = Array.from({ length: users }, (_, user) => user);
  const many = {
    history: interactionsOf(allUsers.map((user): HandEvent => [user, 0, 1, 1])),
    truth: interactionsOf(allUsers.map((user): HandEvent => [user, 0, 1, 9])),
  };
  const drawn = (seed: number) => prepareHoldout(many, { maxUsers: 10, seed }).users;
  assertEquals(drawn(1), drawn(1).toSorted());
  assertEquals(new Set(drawn(1)).size, 10);
  assertEquals(drawn(1), drawn(1));
  assertEquals(drawn(1).join() === drawn(2).join(), false);
});

Deno.test("a holdout that lets models see the future is refused", () => {
  const { history, truth } = holdout;
  assertThrows(() => prepareHoldout({ history: truth, truth }), RangeError, "see the future");
  assertThrows(
    () => prepareHoldout({ history, truth, fittedTo: truth }),
    RangeError,
    "the training data must end before the truth starts",
  );
});
