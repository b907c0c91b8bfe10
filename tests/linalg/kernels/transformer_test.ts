import { createSpace, placeFloats, placeIntegers } from "../../../src/linalg/kernels/space.ts";
import {
  countParameters,
  createPlan,
  type TransformerShape,
} from "../../../src/linalg/kernels/transformer_plan.ts";
import { assert, assertAlmostEquals } from "../../assert.ts";
import { largestGap, normals } from "../made_at_random.ts";
import { type NamedWeights, nameWeights, plainLoss, plainStates } from "./plain_transformer.ts";

/** One and several heads and blocks; lengths that fill blocks of eight rows and that don't. */
const SHAPES: readonly TransformerShape[] = [
  { width: 8, heads: 1, hidden: 8, blocks: 1, longest: 5 },
  { width: 16, heads: 2, hidden: 24, blocks: 2, longest: 19 },
];

/** Two sequences of twelve items, the second with a repeat. */
const ITEMS = 12;

interface Example {
  readonly starts: Uint32Array;
  readonly inputs: Uint32Array;
  readonly targets: Uint32Array;
}

function exampleFor({ longest }: TransformerShape): Example {
  const inputs = Uint32Array.from({ length: longest + 3 }, (_, i) => (i * i + 5 * i) % ITEMS);
  return {
    starts: Uint32Array.of(0, longest, longest + 3),
    inputs,
    targets: inputs.map((item, i) => (item * 7 + i) % ITEMS),
  };
}

/** Every other of the candidates, the last four items being none, has an offset. */
const CANDIDATES = { candidates: 8, offsets: [0, 1, 0, -1, 0, 0.5, 0, 0.25] };

/** Weights near what training makes of them; gains near 1. */
function weightsOf(shape: TransformerShape) {
  const parameters = normals(countParameters(shape), 1).map((value) => 0.3 * value);
  const { blocks, gain } = nameWeights(parameters, shape);
  for (const gains of [...blocks.flatMap(({ gain1, gain2 }) => [gain1, gain2]), gain]) {
    gains.forEach((value, f) => gains[f] = 1 + value);
  }
  const vectors = normals(ITEMS * shape.width, 2).map((value) => 0.3 * value);
  return { parameters: roundAll(parameters), vectors: roundAll(vectors) };
}

/** As single precision holds them. */
function roundAll(values: Float64Array): Float64Array {
  return values.map(Math.fround);
}

/** The kernels' loss and gradient. */
function learn(
  shape: TransformerShape,
  example: Example,
  { parameters, vectors }: { parameters: Float64Array; vectors: Float64Array },
  dropout = 0,
) {
  const space = createSpace();
  const plan = createPlan(space, shape);
  const gradient = space.floats(parameters.length + vectors.length);
  const loss = space.doubles(1);
  const sequences = example.starts.length - 1;
  const states = space.floats(sequences * shape.width);
  plan.set({
    parameters: placeFloats(space, parameters).byteOffset,
    vectors: placeFloats(space, vectors).byteOffset,
    vectorCount: ITEMS,
    starts: placeIntegers(space, example.starts).byteOffset,
    sequences,
    inputs: placeIntegers(space, example.inputs).byteOffset,
    states: states.byteOffset,
    targets: placeIntegers(space, example.targets).byteOffset,
    candidates: CANDIDATES.candidates,
    offsets: placeFloats(space, CANDIDATES.offsets).byteOffset,
    dropout,
    seeds: placeIntegers(space, [11, 22, 33, 44, 55]).byteOffset,
    scale: 1,
    gradient: gradient.byteOffset,
    loss: loss.byteOffset,
  });
  const scratch = space.floats(space.kernels.countScratch(plan.pointer, example.inputs.length));
  space.kernels.learn(plan.pointer, scratch.byteOffset);
  space.kernels.encode(plan.pointer, scratch.byteOffset);
  return { loss: loss[0], gradient: Float64Array.from(gradient), states: [...states] };
}

/** The same in plain TypeScript. */
function plainExample(
  shape: TransformerShape,
  { starts, inputs, targets }: Example,
  { parameters, vectors }: { parameters: Float64Array; vectors: Float64Array },
) {
  const weights = nameWeights(parameters, shape);
  let loss = 0;
  const states: number[] = [];
  for (let s = 0; s + 1 < starts.length; s++) {
    const own = plainStates(inputs.subarray(starts[s], starts[s + 1]), vectors, weights, shape);
    own.forEach((state, i) =>
      loss += plainLoss(state, targets[starts[s] + i], vectors, CANDIDATES)
    );
    states.push(...own[own.length - 1]);
  }
  return { loss, states };
}

/** How many weights of a layer are tried, spread over all. */
const TRIED = 12;

/** The slope of a loss by some of the weights, by central differences, and the places of these. */
function slopes(weights: Float64Array, loss: () => number, step: number) {
  const stride = Math.max(1, Math.floor(weights.length / TRIED));
  const places = [...weights.keys()].filter((place) => place % stride === stride >> 1);
  const slopes = places.map((place) => {
    const value = weights[place];
    weights[place] = value + step;
    const above = loss();
    weights[place] = value - step;
    const below = loss();
    weights[place] = value;
    return (above - below) / (2 * step);
  });
  return { places, slopes };
}

for (const shape of SHAPES) {
  const title = `${shape.blocks} blocks, ${shape.heads} heads of ${shape.width / shape.heads}`;
  const example = exampleFor(shape);
  const weights = weightsOf(shape);
  const found = learn(shape, example, weights);

  Deno.test(`${title}: loss and states are those of the formulas`, () => {
    const { loss, states } = plainExample(shape, example, weights);
    assertAlmostEquals(found.loss, loss, 1e-5 * loss);
    assert(largestGap(found.states, states) < 1e-5);
  });

  const named = nameWeights(weights.parameters, shape);
  const gradient = nameWeights(found.gradient, shape);
  const loss = () => plainExample(shape, example, weights).loss;
  const assertGradient = (values: Float64Array, found: Float64Array) => {
    const { places, slopes: expected } = slopes(values, loss, 1e-5);
    assert(expected.some((slope) => Math.abs(slope) > 0.01));
    assert(largestGap(places.map((place) => found[place]), expected) < 2e-4);
  };
  named.blocks.forEach((block, b) => {
    for (const layer of Object.keys(block) as (keyof NamedWeights["blocks"][number])[]) {
      Deno.test(`${title}: the gradient of ${layer} of block ${b} is the loss's slope`, () => {
        assertGradient(block[layer], gradient.blocks[b][layer]);
      });
    }
  });

  Deno.test(`${title}: the gradient of the last normalization is the loss's slope`, () => {
    assertGradient(named.gain, gradient.gain);
    assertGradient(named.bias, gradient.bias);
  });

  Deno.test(`${title}: the gradient of the vectors, as inputs and targets, is the slope`, () => {
    assertGradient(weights.vectors, found.gradient.subarray(weights.parameters.length));
  });

  Deno.test(`${title}: the gradient is the slope of what dropout leaves`, () => {
    const { gradient } = learn(shape, example, weights, 0.3);
    const loss = () => learn(shape, example, weights, 0.3).loss;
    assert(Math.abs(loss() - found.loss) > 0.1);
    const { places, slopes: expected } = slopes(named.blocks[0].gain1, loss, 5e-3);
    assert(largestGap(places.map((place) => gradient[place]), expected) < 0.02);
  });
}

Deno.test("a later event doesn't change what earlier ones predict", () => {
  const shape = SHAPES[1];
  const weights = weightsOf(shape);
  const earlier = [2, 5].map((last) => {
    const inputs = Uint32Array.of(7, 1, 4, last);
    const example = { starts: Uint32Array.of(0, 4), inputs, targets: Uint32Array.of(1, 4, 9, 3) };
    const { loss, states } = learn(shape, example, weights);
    return loss - plainLoss(states, 3, weights.vectors, CANDIDATES);
  });
  assertAlmostEquals(earlier[0], earlier[1], 1e-5);
});

Deno.test("two events attend by their distance where queries and keys are zero", () => {
  const shape = { width: 8, heads: 1, hidden: 8, blocks: 1, longest: 4 };
  const parameters = new Float64Array(countParameters(shape));
  const { blocks: [block], gain } = nameWeights(parameters, shape);
  [block.gain1, block.gain2, gain].forEach((gains) => gains.fill(1));
  // Values are the normalized events, and what attention mixes is added unchanged.
  for (let f = 0; f < 8; f++) {
    block.qkv[24 * f + 16 + f] = 1;
    block.out[8 * f + f] = 1;
  }
  block.distances[3] = Math.log(3);
  const a = [1, -1, 1, -1, 1, -1, 1, -1], b = [1, 1, -1, -1, 1, 1, -1, -1];
  const vectors = new Float64Array(8 * ITEMS);
  vectors.set([...a, ...b].map((value) => value / Math.sqrt(8)));
  const example = {
    ...{ starts: Uint32Array.of(0, 2), inputs: Uint32Array.of(0, 1) },
    targets: Uint32Array.of(1, 0),
  };
  const { states } = learn(shape, example, { parameters, vectors });
  // The second gives itself 3/4 and the first 1/4: b + 3/4·b + 1/4·a = ±2, ±1.5, of variance 3.125.
  const expected = [2, 1.5, -1.5, -2, 2, 1.5, -1.5, -2].map((x) => x / Math.sqrt(3.125));
  assert(largestGap(states, expected) < 1e-5);
});
