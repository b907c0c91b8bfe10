import type { Space } from "./space.ts";

/** The size of a causal transformer. */
export interface TransformerShape {
  /** Length of the items' vectors and of the states: a multiple of 8 · `heads`. */
  readonly width: number;
  /** Attention heads per block. */
  readonly heads: number;
  /** Width of the feed-forward networks' hidden layer, a multiple of 8. */
  readonly hidden: number;
  readonly blocks: number;
  /** Maximum number of events in a sequence. */
  readonly longest: number;
}

/** What a kernel call works on, in the order of the kernels' own declaration; pointers. */
export interface TransformerCall {
  readonly parameters: number;
  /** The items' vectors in use, row-major. */
  readonly vectors: number;
  readonly vectorCount: number;
  /** The start of each sequence, `sequences` + 1 numbers from 0. */
  readonly starts: number;
  readonly sequences: number;
  /** The vector of each event. */
  readonly inputs: number;
  /** Output of `encode`: the state after each sequence. */
  readonly states: number;
  /** The vector of the event after each event. */
  readonly targets: number;
  /** Number of vectors, the first ones, that compete with the targets. */
  readonly candidates: number;
  /** Added to their products, padded to a multiple of eight. */
  readonly offsets: number;
  /** Share of numbers that dropout clears. */
  readonly dropout: number;
  /** A seed of the input and two of each block. */
  readonly seeds: number;
  /** The gradient's factor. */
  readonly scale: number;
  /** Output: the gradient of the parameters, followed by that of the vectors. */
  readonly gradient: number;
  /** Output: the sum of the losses, a double. */
  readonly loss: number;
}

const ENCODING = {
  ...{ vectorCount: 0, targets: 0, candidates: 0, offsets: 0, dropout: 0, seeds: 0 },
  ...{ scale: 0, gradient: 0, loss: 0 },
};

/** A call of `encode`, which needs no more than this. */
export type EncodeCall =
  & Omit<TransformerCall, keyof typeof ENCODING>
  & Partial<Pick<TransformerCall, keyof typeof ENCODING>>;

/** A call's parameters in kernel memory. */
export interface TransformerPlan {
  /** Its pointer. */
  readonly pointer: number;
  set(call: EncodeCall): void;
}

/** Number of parameters of a shape, the items' vectors not included. */
export function countParameters({ width, heads, hidden, blocks, longest }: TransformerShape) {
  const biases = 4 * Math.ceil(heads * longest / 4);
  return blocks * (4 * width + biases + 4 * width * width + 2 * width * hidden) + 2 * width;
}

/** Reserves memory for the parameters of calls. */
export function createPlan(
  space: Space,
  { width, heads, hidden, blocks, longest }: TransformerShape,
): TransformerPlan {
  const words = space.integers(20);
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  return {
    pointer: words.byteOffset,
    set(given) {
      const call: TransformerCall = { ...ENCODING, ...given };
      words.set([width, heads, hidden, blocks, longest]);
      words.set([call.parameters, call.vectors, call.vectorCount, call.starts, call.sequences], 5);
      words.set([call.inputs, call.states, call.targets, call.candidates, call.offsets], 10);
      words.set([call.dropout * 2 ** 32, call.seeds], 15);
      floats[17] = call.scale;
      words.set([call.gradient, call.loss], 18);
    },
  };
}
