import { climb } from "../../../src/training/tune/climb.ts";
import { neighboursOf } from "../../../src/training/tune/neighbours.ts";
import type { TrialOptions } from "../../../src/training/tune/search_space.ts";
import { assertEquals } from "../../assert.ts";

const space = { x: [0, 1, 2, 3, 4, 5], y: [0, 1, 2, 3] };

/** A bowl whose lowest point is (4, 1), measured until a number of trials. */
function bowl(most = Infinity) {
  const measured: string[] = [];
  return {
    measured,
    measure: ({ x, y }: TrialOptions) => {
      if (measured.length >= most) return Promise.resolve(undefined);
      measured.push(`${x} ${y}`);
      return Promise.resolve(((x as number) - 4) ** 2 + ((y as number) - 1) ** 2);
    },
    loss: (outcome: number) => outcome,
    neighbours: (options: TrialOptions) => neighboursOf(options, space),
  };
}

const start = [{ number: 0, options: { x: 1, y: 1 }, rung: 2, outcome: 9 }];

Deno.test("the search goes from neighbour to neighbour to the lowest point", async () => {
  const search = bowl();
  const [best, ...others] = await climb(start, search);
  assertEquals([best.options, best.outcome, best.rung], [{ x: 4, y: 1 }, 0, 2]);
  assertEquals(new Set(search.measured).size, search.measured.length);
  assertEquals(others.length, search.measured.length);
});

Deno.test("an option is followed as long as that helps before the next is tried", async () => {
  const search = bowl();
  await climb(start, search);
  // Along x to beyond the lowest point, then once in y.
  assertEquals(search.measured, ["0 1", "2 1", "3 1", "4 1", "5 1", "4 0", "4 2"]);
});

Deno.test("where time ends, the best so far is first", async () => {
  const [best] = await climb(start, bowl(3));
  assertEquals(best.options, { x: 3, y: 1 });
});

Deno.test("where halving ended early, the search goes on in the round it reached", async () => {
  const rungs = new Set<number>();
  const { measure, ...search } = bowl();
  const early = [{ ...start[0], rung: 1 }, { ...start[0], number: 1, rung: 0, outcome: 0 }];
  const [best] = await climb(early, {
    ...search,
    measure: (options, rung) => (rungs.add(rung), measure(options)),
  });
  assertEquals([best.options, best.rung, [...rungs]], [{ x: 4, y: 1 }, 1, [1]]);
});

Deno.test("nothing goes on from a failure", async () => {
  for (const candidates of [[{ ...start[0], outcome: NaN }], []]) {
    const search = bowl();
    assertEquals(await climb(candidates, search), candidates);
    assertEquals(search.measured, []);
  }
});
