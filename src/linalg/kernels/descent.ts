import type { Csr } from "../sparse/csr.ts";
import { createSpace, placeFloats, placeIntegers, type Space } from "./space.ts";

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

/** Writes the vector of a row; called once for each row, in order. */
export type FillVector = (vector: Float32Array, row: number) => void;

/** Where a descent starts. Vectors are written where they are learned, never held twice. */
export interface DescentStart
  extends Pick<DescentParameters, "mean" | "userBiases" | "itemBiases"> {
  /** Writes the vectors p, before those of items. */
  readonly userFactors: FillVector;
  /** Writes the vectors q. */
  readonly itemFactors: FillVector;
}

/** How {@linkcode createDescent} steps. */
export interface DescentOptions {
  readonly factors: number;
  /** γ, the step size. */
  readonly learningRate: number;
  /** λ, the pull of all parameters towards zero. */
  readonly regularization: number;
}

/**
 * The implicit part of SVD++: the input is the vector z of a user's choice of items, the output its
 * gradient.
 */
export interface ImplicitPart {
  /** Added to the user's vector p. */
  readonly z: Float64Array;
  /** Σ e·q over the user's ratings; overwritten. */
  readonly pull: Float64Array;
}

/** A gradient descent in progress. */
export interface Descent {
  /**
   * Takes one step for each rating of each user, in order, with e = r − r̂:
   *
   *   b = (1 − γλ)b + γe,  p = (1 − γλ)p + γe·q,  q = (1 − γλ)q + γe·(p + z)
   *
   * @param users Row numbers.
   */
  learn(users: Uint32Array): void;
  /** The same for one user with an implicit part. */
  learnImplicit(user: number, implicit: ImplicitPart): void;
  /** A copy of the current parameters; vectors of users are copied when they are read. */
  parameters(): DescentParameters;
}

/** Numbers in a SIMD vector. */
const LANES = 4;

/**
 * Starts a gradient descent on ratings, by a compiled kernel in single precision. Sums are
 * distributed round-robin over sixteen partial sums, the same on every machine, so results are the
 * same to the last bit.
 *
 * @throws {InputError} If the runtime can't run the kernels.
 */
export function createDescent(
  ratings: Csr,
  start: DescentStart,
  { factors, learningRate, regularization }: DescentOptions,
): Descent {
  const space = createSpace();
  const stride = Math.ceil(factors / LANES) * LANES;
  const state: DescentState = {
    users: space.integers(ratings.rows),
    indptr: placeIntegers(space, ratings.indptr),
    indices: placeIntegers(space, ratings.indices),
    values: placeFloats(space, ratings.values),
    mean: Math.fround(start.mean),
    userBiases: placeFloats(space, start.userBiases),
    itemBiases: placeFloats(space, start.itemBiases),
    userFactors: placePadded(space, start.userFactors, { rows: ratings.rows, factors, stride }),
    itemFactors: placePadded(space, start.itemFactors, {
      ...{ rows: ratings.columns, factors, stride },
    }),
    stride,
    rate: Math.fround(learningRate),
    shrink: Math.fround(1 - learningRate * regularization),
    z: space.floats(stride),
    pull: space.floats(stride),
  };
  const { indptr } = state;
  return {
    learn(users) {
      state.users.set(users);
      space.kernels.descendUsers(
        state.users.byteOffset,
        users.length,
        indptr.byteOffset,
        state.indices.byteOffset,
        state.values.byteOffset,
        state.mean,
        state.userBiases.byteOffset,
        state.itemBiases.byteOffset,
        state.userFactors.byteOffset,
        state.itemFactors.byteOffset,
        stride,
        state.rate,
        state.shrink,
        // Not in use without an implicit part.
        state.z.byteOffset,
      );
    },
    learnImplicit(user, { z, pull }) {
      state.z.set(z);
      state.pull.fill(0);
      descendImplicit(space, state, user);
      pull.set(state.pull.subarray(0, factors));
    },
    parameters: () => ({
      mean: start.mean,
      userBiases: state.userBiases.slice(),
      itemBiases: state.itemBiases.slice(),
      get userFactors() {
        return withoutPadding(state.userFactors, { factors, stride });
      },
      itemFactors: withoutPadding(state.itemFactors, { factors, stride }),
    }),
  };
}

/**
 * The working memory of a descent. Vectors are padded with zeros to `stride` numbers, a multiple of
 * four.
 */
interface DescentState {
  /** Users to learn from. */
  readonly users: Uint32Array;
  /** The start of each user's ratings. */
  readonly indptr: Uint32Array;
  /** The rated items, user by user. */
  readonly indices: Uint32Array;
  /** The ratings, parallel to them. */
  readonly values: Float32Array;
  readonly mean: number;
  readonly userBiases: Float32Array;
  readonly itemBiases: Float32Array;
  readonly userFactors: Float32Array;
  readonly itemFactors: Float32Array;
  readonly stride: number;
  /** γ */
  readonly rate: number;
  /** 1 − γλ */
  readonly shrink: number;
  readonly z: Float32Array;
  readonly pull: Float32Array;
}

function descendImplicit({ kernels }: Space, state: DescentState, user: number): void {
  const start = state.indptr[user], end = state.indptr[user + 1];
  kernels.descendImplicit(
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
    state.z.byteOffset,
    state.pull.byteOffset,
  );
}

interface Padding {
  readonly factors: number;
  readonly stride: number;
}

/** Places rows of `factors` numbers in a space, each padded with zeros to `stride` numbers. */
function placePadded(
  space: Space,
  fill: FillVector,
  { rows, factors, stride }: Padding & { readonly rows: number },
): Float32Array {
  const padded = space.floats(rows * stride);
  for (let row = 0; row < rows; row++) {
    fill(padded.subarray(row * stride, row * stride + factors), row);
  }
  return padded;
}

function withoutPadding(padded: Float32Array, { factors, stride }: Padding): Float32Array {
  const rows = new Float32Array(padded.length / stride * factors);
  for (let from = 0, to = 0; from < padded.length; from += stride, to += factors) {
    rows.set(padded.subarray(from, from + factors), to);
  }
  return rows;
}
