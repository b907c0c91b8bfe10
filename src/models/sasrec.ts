import { InputError } from "../base/input_error.ts";
import { formatCounted } from "../base/format.ts";
import type { History } from "../interactions/history.ts";
import { createItemScorer } from "../linalg/kernels/item_scorer.ts";
import type { UserVector } from "../linalg/kernels/item_vectors.ts";
import { createTransformerEncoder } from "../linalg/kernels/transformer_encoder.ts";
import type { TransformerShape } from "../linalg/kernels/transformer_plan.ts";
import { rowsFromTensors, rowsToTensors } from "../linalg/packed_rows.ts";
import { createRandom } from "../linalg/random.ts";
import { readTensor, tensor } from "../linalg/tensor.ts";
import { defineAlgorithm } from "./define_algorithm.ts";
import type { Model } from "./model.ts";
import type { OptionsOf } from "./options/declarations.ts";
import { AUTO, auto, number, whole } from "./options/option.ts";
import { readOptions, saveOptions } from "./options/saved_options.ts";
import { seedOption } from "./options/shared_options.ts";
import { vectorScorer } from "./scoring/vector_scorer.ts";
import { trainTransformer } from "./sequence/train_transformer.ts";
import { holdOutLast, itemSequence, sequencesOf } from "./sequence/training_sequences.ts";

/** Number of products up to which all of them compete with the next one by default. */
const ALL_COMPETE = 4096;

/** Number of negatives for larger catalogues. */
const DEFAULT_NEGATIVES = 1024;

/** Number of products in a row from which a history counts as long. */
const LONG = 5;

/** Maximum number of histories whose last product is held out to stop by. */
const HELD_OUT = 1000;

/** Factors are a multiple of this for each head. */
const LANES = 8;

const options = {
  factors: whole(64, {
    min: LANES,
    max: 256,
    search: [64, 128],
    meaning: "Length of the vectors, a multiple of 8 for each head",
  }),
  blocks: whole(2, {
    min: 1,
    max: 8,
    search: [1, 2],
    saved: true,
    meaning: "Number of blocks of attention and feed-forward network",
  }),
  heads: whole(2, {
    min: 1,
    max: 16,
    search: [1, 2],
    saved: true,
    meaning: "Number of attention heads per block",
  }),
  maxLength: whole(50, {
    min: 2,
    max: 500,
    search: [50, 100, 200],
    saved: true,
    meaning: "Maximum number of events of a history that count, the latest ones",
  }),
  negatives: auto(whole(DEFAULT_NEGATIVES, {
    min: 1,
    meaning: `Number of products that compete with the next one in a step; auto: all up to ` +
      `${ALL_COMPETE} products, else ${DEFAULT_NEGATIVES} drawn at random`,
  })),
  dropout: number(0.2, {
    min: 0,
    max: 0.9,
    search: [0.1, 0.2, 0.4],
    meaning: "Share of numbers between the layers that a training step clears",
  }),
  learningRate: number(0.001, {
    above: 0,
    search: [0.0005, 0.001, 0.002],
    meaning: "Step size of Adam",
  }),
  epochs: whole(100, {
    min: 1,
    meaning: "Maximum number of times that training goes through all events",
  }),
  patience: whole(15, {
    min: 1,
    meaning: "Epochs without a better ranking of held-out products after which training ends",
  }),
  batchSize: whole(512, { min: 1, meaning: "Number of events in a training step" }),
  minHistories: whole(500, {
    min: 1,
    meaning: `Number of users with at least ${LONG} products in a row that training requires`,
  }),
  seed: seedOption("the starting values, dropout, and what is drawn or held out"),
};

/** The options of {@linkcode sasrec}. */
export type SasrecOptions = OptionsOf<typeof options>;

/** Largest number of multiplications of an epoch: about a minute on two processors. */
export const SASREC_LIMIT = 1e12;

/**
 * A transformer that reads a history and predicts what comes next (SASRec, Kang and McAuley 2018),
 * trained with cross-entropy as in Klenitskiy and Vasilev 2023. With y the items' vectors, x⁰ =
 * √factors · y of each event and LN layer normalization, each block computes
 *
 *   x ← x + W_out·attention(LN(x)),  x ← x + W_down·max(0, W_up·LN(x))
 *
 * where an event attends to itself and to those before it, with a learned bias for each distance
 * instead of positions: an event's place counts from the history's end, whatever its length. An
 * item scores the product of its vector and LN(x) after the last event; input and output share the
 * vectors. A constant of the history, |LN(x)| · max|y|, is added, so that no score is below 0 and a
 * history without known items scores 0.
 *
 * Histories are each user's items in order, without immediate repeats, cut into windows of
 * `maxLength` predictions; sessions, weights and times don't count. Each step predicts the next
 * item after every event of a batch, among all items or among negatives that the batch shares,
 * drawn uniformly and counted for as many as they stand for. Batches aren't padded. Training ends
 * when the NDCG@10 of the last items of up to 1,000 histories, which are held out, hasn't risen for
 * `patience` epochs; the best epoch's weights are kept. The same data, options and seed give the
 * same weights, to the last bit, with any number of threads.
 *
 * With n events, an epoch takes 3·n · (blocks · (8·factors² + maxLength·factors) + competing items
 * · factors) multiplications. It is refused beyond {@linkcode SASREC_LIMIT}, and if fewer than
 * `minHistories` users have at least five items in a row: what short histories say is what rules
 * and neighbours count. Memory: 16 bytes × factors per item and 16 more per item of a step. Scoring
 * takes a third of a window's part of an epoch, a few milliseconds at most with the defaults, and
 * O(items × factors).
 */
export const sasrec = defineAlgorithm({
  name: "sasrec",
  description: "A transformer that predicts what comes next in a history",
  options,

  fitsFrom: "sample",

  async fit(train, options, progress) {
    requireHeads(options);
    const itemCount = train.itemIds.size;
    const negatives = options.negatives === AUTO
      ? itemCount <= ALL_COMPETE ? itemCount : DEFAULT_NEGATIVES
      : Math.min(options.negatives, itemCount);
    const sequences = sequencesOf(train, 2);
    requireLongHistories(sequences, options.minHistories);
    requireFeasible(sequences, { ...options, negatives });
    const shape = shapeOf(options);
    const split = holdOutLast(sequences, HELD_OUT, createRandom(options.seed));
    const { parameters, vectors } = await trainTransformer(itemCount, split, {
      ...options,
      ...shape,
      negatives,
      batchSize: Math.max(options.batchSize, options.maxLength),
    }, progress);
    const items = { rows: itemCount, width: options.factors, data: vectors };
    return {
      ...createSasrec({ ...options, shape, parameters, items }),
      ...(options.negatives === AUTO && { chosen: { negatives } }),
    };
  },

  fromTensors(tensors) {
    const items = rowsFromTensors(tensors, "itemFactors");
    const saved = readOptions(options, tensors);
    return createSasrec({
      ...saved,
      shape: shapeOf({ ...saved, factors: items.width }),
      parameters: readTensor(tensors, "parameters", Float32Array).data,
      items,
    });
  },
});

type ShapeOptions = Pick<SasrecOptions, "factors" | "blocks" | "heads" | "maxLength">;

function shapeOf({ factors, blocks, heads, maxLength }: ShapeOptions): TransformerShape {
  return { width: factors, hidden: 2 * factors, blocks, heads, longest: maxLength };
}

/** @throws {InputError} If the heads can't share the factors. */
function requireHeads({ factors, heads }: ShapeOptions): void {
  if (factors % (LANES * heads) === 0) return;
  throw new InputError(
    `Cannot fit sasrec: option "factors" must be a multiple of ${LANES * heads}, ${LANES} for ` +
      `each of the heads, got ${factors}`,
  );
}

/** @throws {InputError} If too few users have a long history. */
function requireLongHistories(sequences: readonly Uint32Array[], least: number): void {
  const count = sequences.filter(({ length }) => length >= LONG).length;
  if (count >= least) return;
  throw new InputError(
    `Cannot fit sasrec: at least ${formatCounted(least, "user")} must have ${LONG} products in ` +
      `a row, got ${count}; use sequential_rules or session_knn, which need no long histories, ` +
      `or set option "minHistories"`,
  );
}

/** @throws {InputError} If an epoch takes too long. */
function requireFeasible(
  sequences: readonly Uint32Array[],
  { factors, blocks, maxLength, negatives }: ShapeOptions & { negatives: number },
): void {
  const events = sequences.reduce((sum, { length }) => sum + length - 1, 0);
  const each = blocks * (8 * factors ** 2 + maxLength * factors) + negatives * factors;
  const work = 3 * events * each;
  if (work <= SASREC_LIMIT) return;
  throw new InputError(
    `Cannot fit sasrec: an epoch must take at most ${SASREC_LIMIT} multiplications, ` +
      `${events} events take ${work}; set option "negatives", "factors" or "maxLength" lower, ` +
      `or use sequential_rules or session_knn, which have no limit`,
  );
}

interface SasrecParameters extends Pick<SasrecOptions, "blocks" | "heads" | "maxLength"> {
  readonly shape: TransformerShape;
  readonly parameters: Float32Array;
  readonly items: { readonly rows: number; readonly width: number; readonly data: Float32Array };
}

function createSasrec(model: SasrecParameters): Model {
  // Restored vectors are unpacked when they are first read.
  const { shape, parameters, items } = model;
  const { rows: itemCount, width } = items;
  const encode = createTransformerEncoder(shape, parameters);
  const scorer = createItemScorer({
    factors: width,
    get itemFactors() {
      return items.data;
    },
  });
  let longest: number | undefined;

  function userOf(history: History): UserVector {
    const latest = itemSequence(history, itemCount).slice(-shape.longest);
    if (latest.length === 0) return { vector: new Float32Array(width) };
    const vectors = new Float32Array(latest.length * width);
    latest.forEach((item, i) => {
      vectors.set(items.data.subarray(item * width, (item + 1) * width), i * width);
    });
    const vector = encode(vectors).slice();
    longest ??= longestRow(items);
    return { vector, constant: length(vector) * longest };
  }
  return {
    itemCount,
    noSignal: 0,
    ...vectorScorer(itemCount, scorer, userOf),
    itemVectors: {
      get data() {
        return items.data;
      },
      width,
    },
    toTensors: () => ({
      ...rowsToTensors("itemFactors", { rows: itemCount, width, data: items.data }),
      parameters: tensor(parameters),
      ...saveOptions(options, model),
    }),
  };
}

function longestRow({ rows, width, data }: SasrecParameters["items"]): number {
  let longest = 0;
  for (let row = 0; row < rows; row++) {
    longest = Math.max(longest, length(data.subarray(row * width, (row + 1) * width)));
  }
  return longest;
}

function length(vector: Float32Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}
