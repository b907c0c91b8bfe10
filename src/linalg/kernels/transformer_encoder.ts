import { createSpace, placeFloats } from "./space.ts";
import { createPlan, type TransformerShape } from "./transformer_plan.ts";

/**
 * Makes a function that runs a trained transformer on one sequence. The parameters are copied into
 * kernel memory on the first call, so that a model that is never asked doesn't pay for that.
 *
 * @returns Takes the vectors of the sequence's items, oldest first, 1 to `longest` of them,
 * row-major; returns the state after the last one, which the next call overwrites. Takes
 * O(items × width × (width + hidden + items)) per block.
 */
export function createTransformerEncoder(
  shape: TransformerShape,
  parameters: Float32Array,
): (vectors: Float32Array) => Float32Array {
  let run: ((vectors: Float32Array) => Float32Array) | undefined;
  return (vectors) => (run ??= prepare(shape, parameters))(vectors);
}

function prepare(
  shape: TransformerShape,
  parameters: Float32Array,
): (vectors: Float32Array) => Float32Array {
  const { width, longest } = shape;
  const space = createSpace();
  const plan = createPlan(space, shape);
  const state = space.floats(width);
  const starts = space.integers(2);
  const placed = space.floats(longest * width);
  const inputs = space.integers(longest);
  for (let i = 0; i < longest; i++) inputs[i] = i;
  plan.set({
    parameters: placeFloats(space, parameters).byteOffset,
    vectors: placed.byteOffset,
    starts: starts.byteOffset,
    sequences: 1,
    inputs: inputs.byteOffset,
    states: state.byteOffset,
  });
  const scratch = space.floats(space.kernels.countScratch(plan.pointer, longest));
  return (vectors) => {
    placed.set(vectors);
    starts[1] = vectors.length / width;
    space.kernels.encode(plan.pointer, scratch.byteOffset);
    return state;
  };
}
