import type {
  Descent,
  DescentOptions,
  DescentStart,
  FillVector,
  ImplicitPart,
} from "../../../src/linalg/kernels/descent.ts";
import type { Csr } from "../../../src/linalg/sparse/csr.ts";

const { fround } = Math;

/** The same as the compiled descent, to the last bit, in plain TypeScript. */
export function createPlainDescent(
  { indptr, indices, values }: Csr,
  start: DescentStart,
  { factors, learningRate, regularization }: DescentOptions,
): Descent {
  const mean = fround(start.mean);
  const userBiases = start.userBiases.slice(), itemBiases = start.itemBiases.slice();
  const filled = (rows: number, fill: FillVector) => {
    const all = new Float32Array(rows * factors);
    for (let row = 0; row < rows; row++) {
      fill(all.subarray(row * factors, (row + 1) * factors), row);
    }
    return all;
  };
  const userFactors = filled(userBiases.length, start.userFactors);
  const itemFactors = filled(itemBiases.length, start.itemFactors);
  const rate = fround(learningRate), shrink = fround(1 - learningRate * regularization);

  /** (p + z)·q: sixteen partial sums in turn, then added pair by pair. */
  function product(p: number, q: number, z: Float32Array): number {
    const sums = new Float32Array(16);
    for (let f = 0; f < factors; f++) {
      sums[f % 16] += fround(fround(userFactors[p + f] + z[f]) * itemFactors[q + f]);
    }
    const lane = (l: number) =>
      fround(fround(sums[l] + sums[4 + l]) + fround(sums[8 + l] + sums[12 + l]));
    return fround(fround(lane(0) + lane(1)) + fround(lane(2) + lane(3)));
  }
  function learn(user: number, implicit?: ImplicitPart): void {
    const z = Float32Array.from(implicit?.z ?? new Float32Array(factors));
    const pull = new Float32Array(factors);
    const p = user * factors;
    for (let at = indptr[user]; at < indptr[user + 1]; at++) {
      const item = indices[at];
      const q = item * factors;
      const biased = fround(fround(mean + userBiases[user]) + itemBiases[item]);
      const error = fround(values[at] - fround(biased + product(p, q, z)));
      const step = fround(rate * error);
      userBiases[user] = fround(shrink * userBiases[user]) + step;
      itemBiases[item] = fround(shrink * itemBiases[item]) + step;
      for (let f = 0; f < factors; f++) {
        const u = userFactors[p + f], v = itemFactors[q + f];
        userFactors[p + f] = fround(shrink * u) + fround(step * v);
        itemFactors[q + f] = fround(shrink * v) + fround(step * fround(u + z[f]));
        pull[f] += fround(error * v);
      }
    }
    implicit?.pull.set(pull);
  }

  return {
    learn: (users) => users.forEach((user) => learn(user)),
    learnImplicit: learn,
    parameters: () => ({ mean: start.mean, userBiases, itemBiases, userFactors, itemFactors }),
  };
}
