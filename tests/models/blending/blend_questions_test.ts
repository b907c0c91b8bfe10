import { historyOf, type Interactions } from "../../../src/interactions/interactions.ts";
import { holdOutQuestions, type Question } from "../../../src/models/blending/blend_questions.ts";
import { assert, assertEquals } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";

/**
 * Twenty events, a second apart, of which the last four are held out: user 0 comes back with items 7 and 8 (the
 * first one twice), user 1 comes for the first time with item 9; user 2 does not come back.
 */
const shop = interactionsOf([
  ...Array.from({ length: 8 }, (_, i) => [0, i % 3, 1, i] as const),
  ...Array.from({ length: 8 }, (_, i) => [2, i % 3, 1, 8 + i] as const),
  [0, 7, 1, 16],
  [0, 7, 1, 17],
  [1, 9, 1, 18],
  [0, 8, 1, 19],
], { items: 10 });

const ALL = { share: 0.2, questions: 100, seed: 1 };

const inOrder = (questions: readonly Question[]) =>
  questions.toSorted((a, b) => a.history.items.length - b.history.items.length)
    .map(({ history, relevant }) => [history.items.length, [...relevant]]);

Deno.test("later: all that those who came back did after the cut", () => {
  const { past, questions } = holdOutQuestions(shop, { ...ALL, target: "later" });
  assertEquals(past.items.length, 16);
  assertEquals(inOrder(questions), [[8, [7, 8]]]);
  assertEquals(questions[0].history, historyOf(past, 0));
});

Deno.test("next: every event that was held out, from all before it", () => {
  const { past, questions } = holdOutQuestions(shop, { ...ALL, target: "next" });
  assertEquals(past.items.length, 16);
  assertEquals(inOrder(questions), [[8, [7]], [9, [7]], [10, [8]]]);
});

Deno.test("only so many questions are drawn, the same for the same seed", () => {
  const ask = (seed: number) =>
    holdOutQuestions(shop, { ...ALL, target: "next", questions: 2, seed }).questions;
  assertEquals(ask(3).length, 2);
  assertEquals(ask(3), ask(3));
  const lengths = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => inOrder(ask(seed)).join());
  assert(new Set(lengths).size > 1);
});

Deno.test("where all happened at once, the share of each user's items is held out at random", () => {
  const atOnce = interactionsOf([
    ...Array.from({ length: 20 }, (_, i) => [0, i % 10, 1, 5] as const),
    ...Array.from({ length: 4 }, (_, i) => [1, i, 1, 5] as const),
  ]);
  const { past, questions } = holdOutQuestions(atOnce, { ...ALL, target: "next" });
  assertEquals(questions.length, 1);
  const [{ history, relevant }] = questions;
  assertEquals(relevant.length, 2);
  // both events with an item go the same way
  assertEquals(history.items.length, 16);
  assert(history.items.every((item) => !relevant.includes(item)));
  assertEquals(historyOf(past, 1), historyOf(atOnce, 1));
});

Deno.test("nobody who came back leaves nothing to ask", () => {
  const strangers: Interactions = interactionsOf(
    Array.from({ length: 10 }, (_, i) => [i, i % 2, 1, i] as const),
  );
  for (const target of ["later", "next"] as const) {
    assertEquals(holdOutQuestions(strangers, { ...ALL, target }).questions, []);
  }
});
