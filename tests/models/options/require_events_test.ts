import { InputError } from "../../../src/base/input_error.ts";
import { requireEvents } from "../../../src/models/options/require_events.ts";
import { assert, assertThrows } from "../../assert.ts";

Deno.test("a model needs events with finite weights of at least 0", () => {
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
