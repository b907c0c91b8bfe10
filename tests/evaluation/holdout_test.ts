import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import { requirePast } from "../../src/evaluation/holdout.ts";
import { splitByTime } from "../../src/interactions/split.ts";
import { popularity } from "../../src/models/popularity.ts";
import { assertThrows } from "../assert.ts";
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

Deno.test("nothing can be seen of an empty truth, nor by an empty past", () => {
  const nothing = interactionsOf([]);
  requirePast({ history: test, truth: nothing });
  requirePast({ history: nothing, truth: interactionsOf([[0, 0, 1, 0]]) });
});
