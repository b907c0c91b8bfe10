import { sum } from "../base/statistics.ts";
import type { RatingMode } from "../interactions/event_weights.ts";
import { type History, type Profile, profileOf } from "../interactions/history.ts";
import { type Csr, transpose } from "../linalg/sparse/csr.ts";
import { filledSize } from "../linalg/sparse/filled_size.ts";
import {
  diagonalRidgeParts,
  type DiagonalVectors,
  solveDiagonalRidge,
} from "../linalg/dense/diagonal_ridge.ts";
import { rowsFromTensors, rowsToTensors } from "../linalg/packed_rows.ts";
import { alternate } from "../linalg/kernels/alternate.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import type { UserVector } from "../linalg/kernels/item_vectors.ts";
import { createRandom } from "../linalg/random.ts";
import { readScalar, readTensor, scalar, tensor } from "../linalg/tensor.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import { shareAmongEvents } from "./explain.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { AUTO, auto, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { LARGE_CATALOGUE, ratingOption, seedOption } from "./options/shared_options.ts";
import { ratingsOf } from "./statistics/once_per_data.ts";
import { vectorScorer } from "./scoring/vector_scorer.ts";

/** Length of the vectors for smaller catalogues. */
const DEFAULT_FACTORS = 64;

/** Sweeps for smaller catalogues, whose data is denser. */
const DEFAULT_ITERATIONS = 8;

/** Sweeps for larger ones: further ones fit what few events say by chance. */
const FEWER_ITERATIONS = 5;

const options = {
  factors: auto(whole(DEFAULT_FACTORS, {
    min: 1,
    search: [64, 128, 256],
    meaning: `Length of the vectors; auto: ${DEFAULT_FACTORS}, or twice as many for at least ` +
      `${LARGE_CATALOGUE} products`,
  })),
  iterations: auto(whole(DEFAULT_ITERATIONS, {
    min: 1,
    search: [5, 8, 12],
    meaning: `Sweeps over users and items; auto: ${DEFAULT_ITERATIONS}, or ` +
      `${FEWER_ITERATIONS} for at least ${LARGE_CATALOGUE} products`,
  })),
  unobservedRatio: number(20, {
    above: 0,
    search: [5, 10, 20, 60],
    meaning: "Weight of all pairs of user and product, relative to that of the pairs with " +
      "events; determines α₀, the weight of a pair without events",
  }),
  regularization: number(0.01, {
    above: 0,
    search: [0.003, 0.01, 0.03],
    saved: true,
    meaning: "λ, pull of the vectors towards zero",
  }),
  frequencyPower: number(1, {
    min: 0,
    max: 1,
    search: [0.5, 1],
    saved: true,
    meaning:
      "ν, growth of the pull with frequency: at 0 it is λ for all, at 1 it is proportional " +
      "to the total weight fitted",
  }),
  rating: ratingOption(),
  seed: seedOption("the starting values"),
};

/** The options of {@linkcode als}. */
export type AlsOptions = OptionsOf<typeof options>;

/**
 * Matrix factorization for implicit feedback by alternating least squares (Hu, Koren and Volinsky
 * 2008), in the form of Rendle, Krichene, Zhang and Koren (2021). With w the ratings, S the
 * observed pairs, and N_u, N_i the numbers of users and items, x and y minimize
 *
 *   Σ_S w·(x·y − 1)² + α₀·Σ_all (x·y)² + Σ_u λ_u·|x|² + Σ_i λ_i·|y|²
 *
 *   λ_u = λ·(Σ_S(u) w + α₀·N_i)^ν,  λ_i = λ·(Σ_S(i) w + α₀·N_u)^ν
 *
 * where α₀ = unobservedRatio · Σ_S w / (N_u·N_i), since the α₀ that ranks best depends on the
 * density of the data above all; the α of Hu et al. is 1/α₀. Every step is solved exactly. A
 * history is folded in by the same step, so only the items' vectors are stored.
 *
 * Fitting takes O((users + products) × factors² + Σ min(n, factors)² × max(n, factors)) per
 * iteration, n being the pairs of a user or a product, and 4 bytes × factors per user and product
 * and 24 per pair; folding in takes O(min(n, factors)² × max(n, factors)), scoring O(products ×
 * factors).
 *
 * From {@linkcode LARGE_CATALOGUE} products on, further sweeps cost time and ranking: NDCG@20 after
 * 5 and 8 is .261 and .246 on RetailRocket, .1741 and .1735 on the simulated month, .1362 and .1364
 * on Gowalla, but .415 and .423 on MovieLens 100k with its 1,682 films.
 */
export const als = defineAlgorithm({
  name: "als",
  description: "Matrix factorization for implicit feedback by alternating least squares",
  options,

  fitsFrom: "sample",

  async fit(train, options, progress) {
    const weights = ratingsOf(train, options.rating);
    const { rows, columns } = filledSize(weights);
    const isLarge = columns >= LARGE_CATALOGUE;
    const automatic = {
      factors: DEFAULT_FACTORS * (isLarge ? 2 : 1),
      iterations: isLarge ? FEWER_ITERATIONS : DEFAULT_ITERATIONS,
    };
    const factors = options.factors === AUTO ? automatic.factors : options.factors;
    const iterations = options.iterations === AUTO ? automatic.iterations : options.iterations;
    // If all events weigh 0, so do all scores, whatever the weight.
    const observed = sum(weights.values) || 1;
    const unobservedWeight = options.unobservedRatio * observed / (rows * columns);
    const fitted = { ...options, factors, iterations, unobservedWeight };
    const items = await alternate(weights, randomVectors(weights.columns, fitted), {
      ...fitted,
      userRegularization: pulls(weights, fitted),
      itemRegularization: pulls(transpose(weights), fitted),
    }, progress);
    return {
      ...createAls({ ...fitted, itemCount: weights.columns, items }),
      chosen: {
        ...(options.factors === AUTO && { factors }),
        ...(options.iterations === AUTO && { iterations }),
      },
    };
  },

  fromTensors(tensors) {
    const items = rowsFromTensors(tensors, "itemFactors");
    return createAls({
      itemCount: items.rows,
      items: {
        factors: items.width,
        get vectors() {
          return items.data;
        },
        diagonal: readTensor(tensors, "diagonal", Float64Array).data,
      },
      unobservedWeight: readScalar(tensors, "unobservedWeight"),
      ...readOptions(options, tensors),
    });
  },
});

/**
 * Small, so that the first sweep starts near zero: standard deviation 0.1 / √factors, as in Rendle
 * et al.
 */
function randomVectors(
  count: number,
  { factors, seed }: { factors: number; seed: number },
): Float32Array {
  const random = createRandom(seed);
  const deviation = 0.1 / Math.sqrt(factors);
  const values = new Float32Array(count * factors);
  for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
  return values;
}

interface PullOptions extends Pick<AlsOptions, "regularization" | "frequencyPower"> {
  /** α₀ */
  readonly unobservedWeight: number;
}

/** λ·(Σ w + α₀·N)^ν */
function pull(
  ratings: Float32Array,
  others: number,
  { unobservedWeight, regularization, frequencyPower }: PullOptions,
): number {
  const weight = sum(ratings);
  return regularization * (weight + unobservedWeight * others) ** frequencyPower;
}

/** The pull of each row. */
function pulls({ rows, columns, indptr, values }: Csr, options: PullOptions): Float32Array {
  return Float32Array.from(
    { length: rows },
    (_, row) => pull(values.subarray(indptr[row], indptr[row + 1]), columns, options),
  );
}

interface AlsParameters extends PullOptions {
  readonly itemCount: number;
  readonly items: DiagonalVectors;
  readonly rating: RatingMode;
}

function createAls(parameters: AlsParameters): Model {
  // Restored vectors are unpacked when they are first read.
  const { itemCount, items, rating } = parameters;
  const { factors, diagonal } = items;
  const scorer = createItemScorer({
    factors,
    get itemFactors() {
      return items.vectors;
    },
  });
  const profile = (history: History) => profileOf(history, itemCount, rating);

  const step = ({ items: indices, ratings }: Profile) => ({
    rows: { indices, weights: ratings },
    ridge: { lambda: pull(ratings, itemCount, parameters) },
  });
  function foldIn(history: History): UserVector {
    const { rows, ridge } = step(profile(history));
    return { vector: solveDiagonalRidge(rows, items, ridge) };
  }
  return {
    itemCount,
    noSignal: 0,
    ...vectorScorer(itemCount, scorer, foldIn),
    explain(history, requested) {
      const own = profile(history);
      const { rows, ridge } = step(own);
      const partsOf = diagonalRidgeParts(rows, items, ridge);
      const share = shareAmongEvents(history, own);
      return Array.from(requested, (item) => ({ base: 0, events: share(partsOf(item)) }));
    },
    itemVectors: {
      get data() {
        return items.vectors;
      },
      width: factors,
    },
    toTensors: () => ({
      ...rowsToTensors("itemFactors", { rows: itemCount, width: factors, data: items.vectors }),
      diagonal: tensor(Float64Array.from(diagonal)),
      unobservedWeight: scalar(parameters.unobservedWeight),
      ...saveOptions(options, parameters),
    }),
  };
}
