/** What a descent works on. Vectors lie `stride` numbers apart, a multiple of four, filled up with zeros. */
export interface DescentState {
  /** The items rated, user by user. */
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

/** One user, and where the user's ratings are. */
export interface UserRow {
  readonly user: number;
  readonly start: number;
  readonly end: number;
}

const { fround } = Math;

/** What the compiled kernel does, to the last bit, in plain code: an oracle, and what runs without WebAssembly. */
export function plainDescend(state: DescentState, { user, start, end }: UserRow): void {
  const { indices, values, mean, userBiases, itemBiases, userFactors, itemFactors } = state;
  const { stride, rate, shrink, z, pull } = state;
  const p = user * stride;
  for (let at = start; at < end; at++) {
    const item = indices[at];
    const q = item * stride;
    const biased = fround(fround(mean + userBiases[user]) + itemBiases[item]);
    const error = fround(values[at] - fround(biased + dotOfSum(state, p, q)));
    const step = fround(rate * error);
    userBiases[user] = fround(shrink * userBiases[user]) + step;
    itemBiases[item] = fround(shrink * itemBiases[item]) + step;
    for (let f = 0; f < stride; f++) {
      const u = userFactors[p + f], v = itemFactors[q + f];
      userFactors[p + f] = fround(shrink * u) + fround(step * v);
      itemFactors[q + f] = fround(shrink * v) + fround(step * fround(u + z[f]));
      pull[f] += fround(error * v);
    }
  }
}

/** (p + z)·q: sixteen partial sums in turn, which are then added pair by pair. */
function dotOfSum(
  { userFactors, itemFactors, stride, z }: DescentState,
  p: number,
  q: number,
): number {
  const sums = new Float32Array(16);
  for (let f = 0; f < stride; f++) {
    sums[f % 16] += fround(fround(userFactors[p + f] + z[f]) * itemFactors[q + f]);
  }
  const lane = (l: number) =>
    fround(fround(sums[l] + sums[4 + l]) + fround(sums[8 + l] + sums[12 + l]));
  return fround(fround(lane(0) + lane(1)) + fround(lane(2) + lane(3)));
}
