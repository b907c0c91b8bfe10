import type { Csr } from "../sparse/csr.ts";
import { type DescentState, plainDescend, type UserRow } from "./plain_descend.ts";
import { createSpace, PLAIN_ARRAYS, type Space } from "./space.ts";

/** The parameters of r̂ = mean + b_user + b_item + q·(p + z); vectors row-major, rows × factors. */
export interface DescentParameters {
  readonly mean: number;
  readonly userBiases: Float32Array;
  readonly itemBiases: Float32Array;
  /** The vectors p. */
  readonly userFactors: Float32Array;
  /** The vectors q. */
  readonly itemFactors: Float32Array;
}

/** How {@linkcode createDescent} steps. */
export interface DescentOptions {
  readonly factors: number;
  /** The step, γ. */
  readonly learningRate: number;
  /** The pull towards zero, λ. */
  readonly regularization: number;
}

/** What the choice of a user's items adds to a descent: z goes in, pull comes out. */
export interface ImplicitPart {
  /** Added to the user's vector. */
  readonly z: Float64Array;
  /** Σ e·q over the user's ratings; overwritten. */
  readonly pull: Float64Array;
}

/** A descent under way. */
export interface Descent {
  /**
   * One step for every rating of a user, in their order, with e = r − r̂:
   *
   *   b = (1 − γλ)b + γe,  p = (1 − γλ)p + γe·q,  q = (1 − γλ)q + γe·(p + z)
   */
  learn(user: number, implicit?: ImplicitPart): void;
  /** The parameters as they are now. */
  parameters(): DescentParameters;
}

/** Four numbers are computed with at a time. */
const LANES = 4;

/**
 * Begins a gradient descent on ratings. All arithmetic is in single precision and in an order of its own, the same
 * for the compiled and the plain code to the last bit: sums are dealt in turn to sixteen partial sums.
 *
 * @param space Where to compute; `null` for plain code.
 */
export function createDescent(
  ratings: Csr,
  start: DescentParameters,
  { factors, learningRate, regularization }: DescentOptions,
  space: Space | null = createSpace(),
): Descent {
  const arrays = space ?? PLAIN_ARRAYS;
  const stride = Math.ceil(factors / LANES) * LANES;
  const state: DescentState = {
    indices: copy(arrays.integers(ratings.indices.length), ratings.indices),
    values: copy(arrays.floats(ratings.values.length), ratings.values),
    mean: Math.fround(start.mean),
    userBiases: copy(arrays.floats(start.userBiases.length), start.userBiases),
    itemBiases: copy(arrays.floats(start.itemBiases.length), start.itemBiases),
    userFactors: spread(start.userFactors, factors, arrays.floats(ratings.rows * stride)),
    itemFactors: spread(start.itemFactors, factors, arrays.floats(ratings.columns * stride)),
    stride,
    rate: Math.fround(learningRate),
    shrink: Math.fround(1 - learningRate * regularization),
    z: arrays.floats(stride),
    pull: arrays.floats(stride),
  };
  const { indptr } = ratings;
  return {
    learn(user, implicit) {
      if (implicit) {
        state.z.set(implicit.z);
        state.pull.fill(0);
      }
      const row = { user, start: indptr[user], end: indptr[user + 1] };
      if (space) compiledDescend(space, state, row, implicit !== undefined);
      else plainDescend(state, row);
      implicit?.pull.set(state.pull.subarray(0, factors));
    },
    parameters: () => ({
      mean: start.mean,
      userBiases: state.userBiases.slice(),
      itemBiases: state.itemBiases.slice(),
      userFactors: gather(state.userFactors, stride, factors),
      itemFactors: gather(state.itemFactors, stride, factors),
    }),
  };
}

function compiledDescend(
  { kernels }: Space,
  state: DescentState,
  { user, start, end }: UserRow,
  implicit: boolean,
): void {
  const parameters = [
    state.indices.byteOffset + 4 * start,
    state.values.byteOffset + 4 * start,
    end - start,
    state.mean,
    state.userBiases.byteOffset + 4 * user,
    state.itemBiases.byteOffset,
    state.userFactors.byteOffset + 4 * user * state.stride,
    state.itemFactors.byteOffset,
    state.stride,
    state.rate,
    state.shrink,
  ] as const;
  if (implicit) {
    kernels.descendImplicit(...parameters, state.z.byteOffset, state.pull.byteOffset);
  } else {
    kernels.descend(...parameters);
  }
}

function copy<Values extends Float32Array | Uint32Array>(to: Values, from: Values): Values {
  to.set(from);
  return to;
}

/** Rows of `factors` numbers to rows of `stride`, as many as `into` holds, the rest of each zero. */
function spread(rows: Float32Array, factors: number, into: Float32Array): Float32Array {
  const stride = into.length / (rows.length / factors);
  for (let from = 0, to = 0; from < rows.length; from += factors, to += stride) {
    into.set(rows.subarray(from, from + factors), to);
  }
  return into;
}

function gather(rows: Float32Array, stride: number, factors: number): Float32Array {
  const into = new Float32Array(rows.length / stride * factors);
  for (let from = 0, to = 0; from < rows.length; from += stride, to += factors) {
    into.set(rows.subarray(from, from + factors), to);
  }
  return into;
}
