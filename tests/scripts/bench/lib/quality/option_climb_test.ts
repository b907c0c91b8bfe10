import { climbOptions } from "../../../../../scripts/bench/lib/quality/option_climb.ts";
import type { TrialOptions } from "../../../../../src/training/tune/search_space.ts";
import { assertEquals } from "../../../../assert.ts";

const SPACE = { x: [0, 1, 2, 3], y: [0, 1, 2, 3] };

Deno.test("options change one at a time, so a diagonal ridge isn't climbed", async () => {
  // Only changing both together would increase it, from 0 to 6.
  const ridge = ({ x, y }: TrialOptions) =>
    Promise.resolve(Number(x) + Number(y) - 2 * Math.abs(Number(x) - Number(y)));
  const { options, value } = await climbOptions({ x: 0, y: 0 }, SPACE, ridge);
  assertEquals([options, value], [{ x: 0, y: 0 }, 0]);
});

Deno.test("an option is searched again after the others have changed", async () => {
  // x stops at 2, then y goes to 3, and only then does x.
  const slope = ({ x, y }: TrialOptions) =>
    Promise.resolve(Number(x) * Number(y) - (x === 3 && y !== 3 ? 9 : 0));
  assertEquals((await climbOptions({ x: 0, y: 1 }, SPACE, slope)).options, { x: 3, y: 3 });
});

Deno.test("every combination is measured once, including the start", async () => {
  const asked: string[] = [];
  const { trials, value } = await climbOptions({ x: 1, y: 9 }, SPACE, ({ x, y }) => {
    asked.push(`${x} ${y}`);
    return Promise.resolve(y === 9 ? 1 : 0);
  });
  assertEquals(new Set(asked).size, asked.length);
  assertEquals([asked[0], asked.length, trials, value], ["1 9", 8, 8, 1]);
});

Deno.test("a model without options to search is measured once", async () => {
  const { trials, options } = await climbOptions({}, {}, () => Promise.resolve(0.5));
  assertEquals([trials, options], [1, {}]);
});
