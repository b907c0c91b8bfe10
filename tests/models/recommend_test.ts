import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import type { Model } from "../../src/models/model.ts";
import { EXCLUDES, rankScores, recommend } from "../../src/models/recommend.ts";
import { assertEquals, assertThrows } from "../assert.ts";

/** Scores the same for everybody: items 1 and 3 tie. */
const SCORES = Float32Array.of(5, 4, 3, 4, 1);
const model: Model = {
  itemCount: 5,
  score: (_history, scores) => scores.set(SCORES),
  toTensors: () => ({}),
};

/** Item 0 bought and looked at again, item 2 viewed, item 9 unknown to the model. */
const history: History = {
  items: Uint32Array.of(0, 2, 9, 0),
  weights: Float32Array.of(4, 1, 4, 1),
  times: Uint32Array.of(1, 2, 3, 4),
};

Deno.test("only products that are new to the user are shown, unless told otherwise", () => {
  const { indices, scores } = recommend(model, history);
  assertEquals(indices, Uint32Array.of(1, 3, 4));
  assertEquals(scores, Float32Array.of(4, 4, 1));
  assertEquals(recommend(model, history, { exclude: "seen" }).indices, indices);
});

Deno.test("excluding purchases leaves what was only viewed", () => {
  assertEquals([...recommend(model, history, { exclude: "purchased" }).indices], [1, 3, 2, 4]);
});

Deno.test("excluding nothing ranks everything, equal scores by position", () => {
  assertEquals([...recommend(model, history, { exclude: "none" }).indices], [0, 1, 3, 2, 4]);
});

Deno.test("what weighs as much as a purchase can be told", () => {
  const options = { exclude: "purchased", purchaseWeight: 1 } as const;
  assertEquals([...recommend(model, history, options).indices], [1, 3, 4]);
  assertEquals([...recommend(model, history, { ...options, purchaseWeight: 5 }).indices].length, 5);
});

Deno.test("the list holds k items where so many are allowed, ten unless told otherwise", () => {
  assertEquals([...recommend(model, history, { k: 1 }).indices], [1]);
  assertEquals([...recommend(model, history, { k: 2 }).indices], [1, 3]);
  assertEquals(recommend(model, history, { k: 100 }).indices.length, 3);
  const wide: Model = { ...model, itemCount: 30, score: (_history, scores) => scores.fill(0) };
  assertEquals(recommend(wide, EMPTY_HISTORY).indices.length, 10);
  assertThrows(() => recommend(model, history, { k: 0 }), RangeError, "got 0");
});

Deno.test("a user who has seen everything is shown nothing", () => {
  const everything = { ...history, items: Uint32Array.of(0, 1, 2, 3, 4) };
  const all = { ...everything, weights: new Float32Array(5).fill(1) };
  assertEquals(recommend(model, all).indices.length, 0);
  assertEquals(recommend(model, all, { exclude: "purchased" }).indices.length, 5);
});

Deno.test("a buffer serves one user after another", () => {
  const buffer = new Float32Array(5).fill(99);
  const withBuffer = () => [...recommend(model, history, { buffer }).indices];
  assertEquals(withBuffer(), [1, 3, 4]);
  assertEquals(withBuffer(), [1, 3, 4]);
  assertEquals([...recommend(model, EMPTY_HISTORY, { buffer }).indices], [0, 1, 3, 2, 4]);
});

Deno.test("scores that are there already rank as recommend ranks them", () => {
  for (const exclude of EXCLUDES) {
    assertEquals(
      rankScores(SCORES.slice(), history, { exclude }),
      recommend(model, history, { exclude }),
    );
  }
});
