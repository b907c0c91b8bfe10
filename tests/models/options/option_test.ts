import {
  choice,
  flag,
  list,
  type ModelOption,
  number,
  whole,
} from "../../../src/models/options/option.ts";
import { assertEquals } from "../../assert.ts";

const meaning = "What it does";

/** Those of the values that an option accepts. */
function accepted<Value>({ accepts }: ModelOption<Value>, values: readonly unknown[]): unknown[] {
  return values.filter(accepts);
}

Deno.test("a number keeps its range, which the rule states", () => {
  const values = [-Infinity, -1, 0, 1e-9, 1, 1.5, Infinity, NaN, "1", null];
  const any = number(1, { meaning });
  assertEquals(any.rule, "a number");
  assertEquals(accepted(any, values), [-Infinity, -1, 0, 1e-9, 1, 1.5, Infinity]);
  const min = number(1, { min: 0, meaning });
  assertEquals(min.rule, "a number of at least 0");
  assertEquals(accepted(min, values), [0, 1e-9, 1, 1.5, Infinity]);
  const above = number(1, { above: 0, meaning });
  assertEquals(above.rule, "a number above 0");
  assertEquals(accepted(above, values), [1e-9, 1, 1.5, Infinity]);
  const max = number(1, { max: 1, meaning });
  assertEquals(max.rule, "a number of at most 1");
  assertEquals(accepted(max, values), [-Infinity, -1, 0, 1e-9, 1]);
});

Deno.test("a whole number has no fraction and is finite", () => {
  const option = whole(20, { min: 1, max: 100, meaning });
  assertEquals(option.rule, "a whole number of at least 1 and of at most 100");
  assertEquals(accepted(option, [0, 1, 1.5, 100, 101, NaN, Infinity, "5", null]), [1, 100]);
  assertEquals(accepted(whole(1, { meaning }), [-3, 2 ** 53]), [-3]);
});

Deno.test("a choice is one of its texts, a flag true or false", () => {
  const option = choice(["cosine", "jaccard"], "cosine", { meaning });
  assertEquals(option.rule, "one of cosine, jaccard");
  assertEquals(accepted(option, ["jaccard", "euclid", 0, undefined]), ["jaccard"]);
  assertEquals(flag(true, { meaning }).rule, "one of true, false");
  assertEquals(accepted(flag(true, { meaning }), [true, false, "true", 1]), [true, false]);
});

Deno.test("a list is any array", () => {
  const option = list<number>([], { meaning, rule: "a list of numbers" });
  assertEquals(accepted(option, [[], [1], 1, "1"]), [[], [1]]);
});

Deno.test("an option isn't tuned or saved unless it says so", () => {
  const { search, saved, onlyOwn } = number(1, { meaning });
  assertEquals({ search, saved, onlyOwn }, { search: [], saved: false, onlyOwn: false });
  const both = number(1, { meaning, search: [1, 2], saved: true });
  assertEquals({ search: both.search, saved: both.saved }, { search: [1, 2], saved: true });
});
