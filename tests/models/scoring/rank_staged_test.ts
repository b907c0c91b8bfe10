import { createRandom } from "../../../src/linalg/random.ts";
import { topK } from "../../../src/linalg/top_k.ts";
import { rankStaged, type StagedScores } from "../../../src/models/scoring/rank_staged.ts";
import { assert, assertEquals } from "../../assert.ts";

const ITEMS = 200;
const NONE = new Uint32Array(0);
const random = createRandom(9);

/** Major parts for few items, minor ones up to `rest` for all, if any; ties are common. */
function sumsAtRandom(rest: number) {
  const major = Float32Array.from(
    { length: ITEMS },
    () => random.next() < 0.2 ? (1 + random.integer(8)) / 8 : 0,
  );
  const minor = Float32Array.from({ length: ITEMS }, () => rest * random.integer(5) / 4);
  const all = major.map((part, item) => part + minor[item]);
  const touched = Uint32Array.from(major.keys()).filter((item) => major[item] > 0);
  const addends = major.slice();
  const scored = new Set<number>();
  let isComplete = false;
  const exact = (items: Uint32Array) => {
    items.forEach((item) => scored.add(item));
    return Float32Array.from(items, (item) => all[item]);
  };
  const scores: StagedScores = {
    get major() {
      const parts = { addends, touched: [touched, touched.slice(0, 3)], rest };
      return isComplete ? undefined : { ...parts, isWhole: rest === 0 };
    },
    complete() {
      if (!isComplete) minor.forEach((part, item) => addends[item] += part);
      isComplete = true;
      return { addends, likely: [], factor: 0, constant: 0, tolerance: 0, exact };
    },
    exact,
  };
  return { scores, all, addends, scored, isCompleted: () => isComplete };
}

for (const rest of [0, 1 / 32, 1 / 4, 2]) {
  Deno.test(`lists are the top k of all sums if minor parts add up to ${rest}`, () => {
    for (let trial = 0; trial < 100; trial++) {
      const { scores, all, addends, isCompleted } = sumsAtRandom(rest);
      for (const k of [1, 5, 20, ITEMS + 1]) {
        const hidden = Uint32Array.from({ length: 40 }, () => random.integer(ITEMS + 5));
        const visible = all.map((sum, item) => hidden.includes(item) ? -Infinity : sum);
        const before = addends.slice();
        assertEquals(rankStaged(scores, NONE, k), topK(all, k));
        assertEquals(rankStaged(scores, hidden, k), topK(visible, k));
        if (!isCompleted()) assertEquals(addends, before);
      }
    }
  });
}

Deno.test("an item without major parts is left out only if it can't reach the list", () => {
  // Items 0 and 1 have major parts; the minor parts of item 2 lift it to exactly `part`.
  for (const [part, needsMinor] of [[0.25, true], [0.5, false]] as const) {
    const addends = Float32Array.of(part, part, 0);
    const minor = Float32Array.of(0, 0, 0.25);
    let isComplete = false;
    const exact = (items: Uint32Array) =>
      Float32Array.from(items, (item) => (item < 2 ? part : 0) + minor[item]);
    const { indices } = rankStaged(
      {
        major: { addends, touched: [Uint32Array.of(0, 1)], rest: 0.25 },
        complete() {
          isComplete = true;
          addends[2] = 0.25;
          return { addends, likely: [], factor: 0, constant: 0, tolerance: 0, exact };
        },
        exact,
      },
      NONE,
      2,
    );
    assertEquals([indices, isComplete], [Uint32Array.of(0, 1), needsMinor]);
  }
});

Deno.test("without minor parts, a list goes on with the first items that score 0", () => {
  const addends = Float32Array.of(0, 0, 0, 0.5, 0, 0);
  const scores: StagedScores = {
    major: { addends, touched: [Uint32Array.of(3)], rest: 2 ** -20, isWhole: true },
    complete: () => {
      throw new Error("There is nothing to complete");
    },
    exact: (items) => Float32Array.from(items, (item) => addends[item]),
  };
  const { indices } = rankStaged(scores, Uint32Array.of(1), 4);
  assertEquals(indices, Uint32Array.of(3, 0, 2, 4));
});

Deno.test("small minor parts are neither added nor looked at for most items", () => {
  const { scores, scored, isCompleted } = sumsAtRandom(1 / 64);
  rankStaged(scores, NONE, 3);
  assert(scored.size < 20, `${scored.size} of ${ITEMS}`);
  assertEquals(isCompleted(), false);
});
