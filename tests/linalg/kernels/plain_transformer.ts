import type { TransformerShape } from "../../../src/linalg/kernels/transformer_plan.ts";

/** A matrix as rows of doubles. */
type Rows = number[][];

/** The weights by name, views into the kernels' one array. */
export interface NamedWeights {
  readonly blocks: readonly {
    readonly gain1: Float64Array;
    readonly bias1: Float64Array;
    readonly qkv: Float64Array;
    readonly distances: Float64Array;
    readonly out: Float64Array;
    readonly gain2: Float64Array;
    readonly bias2: Float64Array;
    readonly up: Float64Array;
    readonly down: Float64Array;
  }[];
  readonly gain: Float64Array;
  readonly bias: Float64Array;
}

/** Splits parameters as the kernels lay them out. */
export function nameWeights(
  values: Float64Array,
  { width, heads, hidden, blocks, longest }: TransformerShape,
): NamedWeights {
  let at = 0;
  const take = (length: number) => values.subarray(at, at += length);
  return {
    blocks: Array.from({ length: blocks }, () => ({
      gain1: take(width),
      bias1: take(width),
      qkv: take(3 * width * width),
      distances: take(4 * Math.ceil(heads * longest / 4)),
      out: take(width * width),
      gain2: take(width),
      bias2: take(width),
      up: take(width * hidden),
      down: take(hidden * width),
    })),
    gain: take(width),
    bias: take(width),
  };
}

/**
 * The states after each item of a sequence, in double precision and as plainly as can be written:
 * what the kernels are compared with.
 */
export function plainStates(
  items: ArrayLike<number>,
  vectors: Float64Array,
  weights: NamedWeights,
  { width, heads, longest }: TransformerShape,
): Rows {
  let x: Rows = Array.from(
    items,
    (item) => range(width).map((f) => Math.sqrt(width) * vectors[item * width + f]),
  );
  for (const block of weights.blocks) {
    const qkv = multiply(normalize(x, block.gain1, block.bias1), block.qkv);
    const mixed = attend(qkv, block.distances, { width, heads, longest });
    x = add(x, multiply(mixed, block.out));
    const up = multiply(normalize(x, block.gain2, block.bias2), block.up);
    x = add(x, multiply(up.map((row) => row.map((value) => Math.max(0, value))), block.down));
  }
  return normalize(x, weights.gain, weights.bias);
}

function attend(
  qkv: Rows,
  distances: Float64Array,
  { width, heads, longest }: Pick<TransformerShape, "width" | "heads" | "longest">,
): Rows {
  const size = width / heads;
  return qkv.map((row, i) =>
    range(heads).flatMap((head) => {
      const part = (of: number[], which: number) =>
        of.slice(which * width + head * size, which * width + (head + 1) * size);
      const logits = range(i + 1).map((j) =>
        dot(part(row, 0), part(qkv[j], 1)) / Math.sqrt(size) +
        distances[head * longest + longest - 1 - (i - j)]
      );
      const shares = softmax(logits);
      return range(size).map((f) => dot(shares, range(i + 1).map((j) => part(qkv[j], 2)[f])));
    })
  );
}

/** −ln of the target's share among the target and the other candidates. */
export function plainLoss(
  state: number[],
  target: number,
  vectors: Float64Array,
  { candidates, offsets }: { candidates: number; offsets: ArrayLike<number> },
): number {
  const product = (item: number) =>
    dot(state, [...vectors.subarray(item * state.length, (item + 1) * state.length)]);
  const others = range(candidates).filter((item) => item !== target)
    .map((item) => product(item) + offsets[item]);
  return -Math.log(softmax([product(target), ...others])[0]);
}

function normalize(x: Rows, gain: Float64Array, bias: Float64Array): Rows {
  return x.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map((value, f) => gain[f] * (value - mean) / Math.sqrt(variance + 1e-5) + bias[f]);
  });
}

function multiply(a: Rows, w: Float64Array): Rows {
  const columns = w.length / a[0].length;
  return a.map((row) => range(columns).map((j) => dot(row, row.map((_, k) => w[k * columns + j]))));
}

const add = (a: Rows, b: Rows): Rows => a.map((row, i) => row.map((value, j) => value + b[i][j]));
const range = (count: number) => Array.from({ length: count }, (_, i) => i);
const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);

export function softmax(logits: number[]): number[] {
  const e = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = e.reduce((sum, value) => sum + value, 0);
  return e.map((value) => value / sum);
}
