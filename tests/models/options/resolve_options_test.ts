import { InputError } from "../../../src/base/input_error.ts";
import { choice, flag, number, whole } from "../../../src/models/options/option.ts";
import { resolveOptions } from "../../../src/models/options/resolve_options.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const declared = {
  neighbors: whole(20, { min: 1, max: 100, search: [10, 20], meaning: "Most neighbours" }),
  shrinkage: number(0, { min: 0, meaning: "Added to the denominator" }),
  similarity: choice(["cosine", "jaccard"], "cosine", { meaning: "How items are compared" }),
  idf: flag(true, { search: [true, false], meaning: "Whether rare items count more" }),
};
const defaults = { neighbors: 20, shrinkage: 0, similarity: "cosine", idf: true };

function resolve(given: object) {
  return resolveOptions("item_knn", declared, given);
}

Deno.test("omitted and undefined options take their default", () => {
  assertEquals<object>(resolve({}), defaults);
  assertEquals<object>(resolve({ neighbors: 5, idf: false }), {
    ...defaults,
    neighbors: 5,
    idf: false,
  });
  assertEquals<object>(resolve({ neighbors: undefined }), defaults);
  assertEquals<object>(resolveOptions("item_knn", declared), defaults);
});

Deno.test("an option that the model doesn't have is refused, whatever its name", () => {
  for (const name of ["neighbours", "toString", "constructor"]) {
    assertThrows(
      () => resolve({ [name]: 1 }),
      InputError,
      `Cannot fit item_knn: it has no option "${name}", ` +
        "only: neighbors, shrinkage, similarity, idf",
    );
  }
});

Deno.test("a value that breaks its option's rule is refused with the rule", () => {
  const wholeRange = `"neighbors" must be a whole number of at least 1 and of at most 100, got`;
  for (const neighbors of [0, 101, 1.5, NaN, Infinity, "5", null]) {
    assertThrows(() => resolve({ neighbors }), InputError, `${wholeRange} ${neighbors}`);
  }
  assertThrows(
    () => resolve({ similarity: "euclid" }),
    InputError,
    `option "similarity" must be one of cosine, jaccard, got euclid`,
  );
});
