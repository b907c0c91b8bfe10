import { scalar } from "../../../src/linalg/tensor.ts";
import { choice, flag, number } from "../../../src/models/options/option.ts";
import { readOptions, saveOptions } from "../../../src/models/options/saved_options.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const declared = {
  factors: number(64, { meaning: "Length of the vectors" }),
  idf: flag(false, { meaning: "Whether rare items count more", saved: true }),
  halfLife: number(7, { meaning: "Days after which an event counts half", saved: true }),
  rating: choice(["max", "sum"], "max", { meaning: "How events make a rating", saved: true }),
};

Deno.test("saved options are one double each, in declared order, a choice by its position", () => {
  const options = { rating: "sum", halfLife: Infinity, idf: true, factors: 8 } as const;
  const tensors = saveOptions(declared, options);
  assertEquals(Object.entries(tensors), [
    ["idf", scalar(1)],
    ["halfLife", scalar(Infinity)],
    ["rating", scalar(1)],
  ]);
  assertEquals(readOptions(declared, { other: scalar(9), ...tensors }), {
    idf: true,
    halfLife: Infinity,
    rating: "sum",
  });
});

Deno.test("what isn't a number or a choice can't be saved or read", () => {
  const options = { idf: true, halfLife: 7, rating: "mean" as "max" };
  assertThrows(() => saveOptions(declared, options), TypeError, `"rating": mean is neither`);
  const tensors = { idf: scalar(0), halfLife: scalar(7), rating: scalar(2) };
  assertThrows(() => readOptions(declared, tensors), TypeError, `"rating": there are 2 choices`);
  assertThrows(() => readOptions(declared, {}), TypeError, `"idf" is missing`);
});
