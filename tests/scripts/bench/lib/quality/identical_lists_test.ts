import { compareLists } from "../../../../../scripts/bench/lib/quality/identical_lists.ts";
import { EMPTY_HISTORY } from "../../../../../src/interactions/history.ts";
import type { Model } from "../../../../../src/models/model.ts";
import { assertEquals } from "../../../../assert.ts";

/** Scores items the same for everyone; those with 0 aren't recommended. */
function modelOf(...scores: number[]): Model {
  return {
    itemCount: scores.length,
    noSignal: 0,
    score: (_history, into) => into.set(scores),
    toTensors: () => ({}),
  };
}

Deno.test("equal lists are identical, whatever the scores", () => {
  const [one, other] = [modelOf(3, 2, 1), modelOf(30, 20, 1)];
  assertEquals(compareLists(one, other, [EMPTY_HISTORY], 2), { identical: 1, overlap: 1 });
});

Deno.test("two products that change places are another list with the same products", () => {
  const [one, other] = [modelOf(3, 2, 1), modelOf(2, 3, 1)];
  assertEquals(compareLists(one, other, [EMPTY_HISTORY], 2), { identical: 0, overlap: 1 });
});

Deno.test("the overlap is the share of the longer list that both hold", () => {
  const [one, other] = [modelOf(3, 2, 1), modelOf(3, 0, 0)];
  assertEquals(compareLists(one, other, [EMPTY_HISTORY], 2), { identical: 0, overlap: 1 / 2 });
  const none = modelOf(0, 0, 0);
  assertEquals(compareLists(none, none, [EMPTY_HISTORY], 2), { identical: 1, overlap: 1 });
});
