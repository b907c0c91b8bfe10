import { defaultsOf, searchSpaceOf } from "../../../src/models/options/declarations.ts";
import { flag, list, number, whole } from "../../../src/models/options/option.ts";
import { assertEquals } from "../../assert.ts";

const declared = {
  neighbors: whole(20, { min: 1, search: [10, 20], meaning: "Most neighbours" }),
  shrinkage: number(0, { min: 0, meaning: "Added to the denominator" }),
  idf: flag(true, { search: [true, false], meaning: "Whether rare items count more" }),
  weights: list<number>([], { rule: "a list of numbers", meaning: "One weight per member" }),
};

Deno.test("defaults are declared with the options", () => {
  assertEquals(defaultsOf(declared), { neighbors: 20, shrinkage: 0, idf: true, weights: [] });
});

Deno.test("the search space has the options with values worth trying, in declared order", () => {
  const space = searchSpaceOf(declared);
  assertEquals(Object.entries(space), [["neighbors", [10, 20]], ["idf", [true, false]]]);
});
