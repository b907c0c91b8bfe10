import type { Profile } from "../../interactions/history.ts";
import { ridgeInfluence, solveRidge } from "../../linalg/dense/ridge.ts";
import { implicitVector } from "./biased_factorization.ts";

/** The item parameters of r̂ = μ + b_user + b_item + q·(x + z), and how the user's are computed. */
export interface FoldInParameters {
  /** Length of the vectors. */
  readonly factors: number;
  /** Row-major, items × factors. */
  readonly itemFactors: Float32Array;
  /** What choosing an item says about a user, row-major, items × factors; absent in a plain SVD. */
  readonly implicitFactors?: Float32Array;
  readonly itemBiases: Float32Array;
  /** The mean rating, μ. */
  readonly mean: number;
  /** Ridge strength when a history is folded in. */
  readonly foldInRegularization: number;
}

/**
 * The user that fits these ratings best, by ridge regression on the items' vectors:
 *
 *   minimize Σᵢ (rᵢ − μ − bᵢ − b − qᵢ·(x + z))² + λ(|x|² + b²)
 *
 * z is what the choice of items says, regardless of the ratings; see {@linkcode implicitVector}.
 *
 * @returns x + z and b.
 */
export function foldInRatings(
  profile: Profile,
  parameters: FoldInParameters,
): { vector: Float64Array; bias: number } {
  const { factors, implicitFactors, foldInRegularization } = parameters;
  const z = implicitVector(profile.items, factors, implicitFactors);
  const solution = solveRidge(ratedRows(profile, parameters), residuals(profile, z, parameters), {
    width: factors + 1,
    strength: foldInRegularization,
  });
  return { vector: z.map((value, f) => value + solution[f]), bias: solution[factors] };
}

/** The rated items' vectors, a 1 appended to each for the bias; row-major. */
function ratedRows({ items }: Profile, { factors, itemFactors }: FoldInParameters): Float64Array {
  const width = factors + 1;
  const rows = new Float64Array(items.length * width);
  for (let i = 0; i < items.length; i++) {
    const from = items[i] * factors;
    rows.set(itemFactors.subarray(from, from + factors), i * width);
    rows[i * width + factors] = 1;
  }
  return rows;
}

/** The residuals of the ratings: rᵢ − μ − bᵢ − qᵢ·z. */
function residuals(
  { items, ratings }: Profile,
  z: Float64Array,
  { factors, itemFactors, itemBiases, mean }: FoldInParameters,
): Float64Array {
  return Float64Array.from(items, (item, i) => {
    let residual = ratings[i] - mean - itemBiases[item];
    for (let f = 0; f < factors; f++) residual -= itemFactors[item * factors + f] * z[f];
    return residual;
  });
}

/**
 * Splits predicted ratings into the parts of the rated items. The regression is linear in the
 * residuals y: with a the item's vector and 1,
 *
 *   a·(AᵀA + λI)⁻¹Aᵀy = c·y,   c = A(AᵀA + λI)⁻¹a
 *
 * Each rated item adds its share of q·z.
 *
 * @returns For an item, the base, μ + b_item, and the part of each rated item.
 */
export function ratingExplainer(
  profile: Profile,
  parameters: FoldInParameters,
): (item: number) => { base: number; parts: Float64Array } {
  const { factors, itemFactors, implicitFactors, itemBiases, mean } = parameters;
  const { items } = profile;
  const influence = ridgeInfluence(ratedRows(profile, parameters), items.length, {
    width: factors + 1,
    strength: parameters.foldInRegularization,
  });
  const z = implicitVector(items, factors, implicitFactors);
  const y = residuals(profile, z, parameters);
  // z is the sum over the items of |N|^(−½) times their implicit vectors.
  const share = 1 / Math.sqrt(items.length);
  return (item) => {
    const vector = itemFactors.subarray(item * factors, (item + 1) * factors);
    const parts = influence(Float64Array.of(...vector, 1));
    for (let i = 0; i < parts.length; i++) {
      parts[i] *= y[i];
      if (!implicitFactors) continue;
      for (let f = 0; f < factors; f++) {
        parts[i] += share * implicitFactors[items[i] * factors + f] * vector[f];
      }
    }
    return { base: mean + itemBiases[item], parts };
  };
}
