import { InputError } from "../../src/base/input_error.ts";
import { requireEvents, resolveOptions } from "../../src/models/options.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";

interface Options {
  neighbors: number;
  shrinkage: number;
  similarity: string;
  idf: boolean;
}

const defaults: Options = { neighbors: 20, shrinkage: 0, similarity: "cosine", idf: true };

function resolve(given: object, rules: Parameters<typeof resolveOptions<Options>>[3] = {}) {
  return resolveOptions("item_knn", defaults, given, rules);
}

Deno.test("options left out take their default, given or not as undefined", () => {
  assertEquals(resolve({}), defaults);
  assertEquals(resolve({ neighbors: 5, idf: false }), { ...defaults, neighbors: 5, idf: false });
  assertEquals(resolve({ neighbors: undefined }), defaults);
  assertEquals(resolveOptions("item_knn", defaults), defaults);
});

Deno.test("resolving leaves the defaults as they were", () => {
  resolve({ neighbors: 5 });
  assertEquals(defaults.neighbors, 20);
});

Deno.test("an option that the model doesn't have is refused, whatever its name", () => {
  for (const name of ["neighbours", "toString", "constructor"]) {
    assertThrows(
      () => resolve({ [name]: 1 }),
      InputError,
      `Cannot fit item_knn: it has no option "${name}", only: neighbors, shrinkage, similarity, idf`,
    );
  }
});

Deno.test("a number out of its range is refused with the range", () => {
  const rules = { neighbors: { min: 1, max: 100, whole: true }, shrinkage: { min: 0 } };
  const wholeRange = `"neighbors" must be a whole number of at least 1 and of at most 100, got`;
  for (const neighbors of [0, 101, 1.5, NaN, Infinity, "5", null]) {
    assertThrows(() => resolve({ neighbors }, rules), InputError, `${wholeRange} ${neighbors}`);
  }
  assertThrows(
    () => resolve({ shrinkage: -1 }, rules),
    InputError,
    `"shrinkage" must be a number of at least 0, got -1`,
  );
  assertEquals(resolve({ neighbors: 100, shrinkage: 0 }, rules).neighbors, 100);
});

Deno.test("a bound can be too small itself, or stand alone above", () => {
  const above = { shrinkage: { min: 0, exclusive: true } };
  assertThrows(
    () => resolve({ shrinkage: 0 }, above),
    InputError,
    "must be a number above 0, got 0",
  );
  assertEquals(resolve({ shrinkage: 1e-9 }, above).shrinkage, 1e-9);
  const below = { shrinkage: { max: 1 } };
  assertThrows(() => resolve({ shrinkage: 2 }, below), InputError, "a number of at most 1, got 2");
});

Deno.test("an option that is no number must be one of its choices", () => {
  const rules = { similarity: { oneOf: ["cosine", "jaccard"] }, idf: { oneOf: [true, false] } };
  assertEquals(resolve({ similarity: "jaccard", idf: false }, rules).similarity, "jaccard");
  assertThrows(
    () => resolve({ similarity: "euclid" }, rules),
    InputError,
    `option "similarity" must be one of cosine, jaccard, got euclid`,
  );
  assertThrows(() => resolve({ idf: "true" }, rules), InputError, "one of true, false, got true");
});

Deno.test("a model needs events with weights that mean something", () => {
  const withWeights = (...weights: number[]) => () =>
    requireEvents("ease", {
      items: new Uint32Array(weights.length),
      weights: Float32Array.from(weights),
    });
  withWeights(0, 1, 4)();
  assertThrows(withWeights(), InputError, "Cannot fit ease: the training data holds no views");
  for (const weight of [-1, NaN, Infinity]) {
    const error = assertThrows(withWeights(1, weight), InputError, `event 1 weighs ${weight}`);
    assert(error.message.startsWith("Cannot fit ease: weights must be finite and at least 0"));
  }
});
