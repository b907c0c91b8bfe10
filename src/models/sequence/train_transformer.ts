import { discount } from "../../linalg/discounted_gain.ts";
import { createItemScorer } from "../../linalg/kernels/item_scorer.ts";
import type { TransformerShape } from "../../linalg/kernels/transformer_plan.ts";
import {
  createTransformerTrainer,
  type TrainingBatch,
  type TransformerTrainer,
  type TransformerWeights,
} from "../../linalg/kernels/transformer_trainer.ts";
import { createRandom, type Random, shuffle } from "../../linalg/random.ts";
import { batchesOf, packSequences, type SequenceSplit, windowsOf } from "./training_sequences.ts";

/** How {@linkcode trainTransformer} learns. */
export interface TransformerTraining extends TransformerShape {
  readonly dropout: number;
  readonly learningRate: number;
  /** Maximum number of times that every item is predicted. */
  readonly epochs: number;
  /** Epochs without a better validation after which training ends. */
  readonly patience: number;
  /** Maximum number of predictions per step; at least `longest`. */
  readonly batchSize: number;
  /** Number of items that compete with the next one; all if there are no more. */
  readonly negatives: number;
  readonly seed: number;
  /** Default: one per processor. */
  readonly threads?: number;
}

/** Length of the lists on which an epoch is judged. */
const K = 10;

/**
 * Trains a transformer to predict the next item of sequences, and keeps the weights of the epoch
 * with the highest NDCG@10 on the held-out items; of the last epoch if none are held out.
 */
export async function trainTransformer(
  itemCount: number,
  split: SequenceSplit,
  options: TransformerTraining,
  progress: (done: number) => void = () => {},
): Promise<TransformerWeights> {
  const { longest, batchSize, epochs, patience, seed } = options;
  const negatives = options.negatives < itemCount ? options.negatives : undefined;
  const windows = windowsOf(split.train, longest);
  const random = createRandom(seed);
  using trainer = createTransformerTrainer(itemCount, {
    ...options,
    batchEvents: batchSize,
    negatives,
  });
  let best = { ndcg: -1, epoch: 0, weights: trainer.weights };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = shuffle(Uint32Array.from(windows.keys()), random);
    const batches = batchesOf(Array.from(order, (at) => windows[at]), batchSize);
    for (const [i, batch] of batches.entries()) {
      await trainer.learn(toBatch(batch, itemCount, negatives, random), options.learningRate);
      progress((epoch - 1 + i / batches.length) / epochs);
    }
    const ndcg = await validate(trainer, split, options);
    if (ndcg === undefined || ndcg > best.ndcg) {
      best = { ndcg: ndcg ?? -1, epoch, weights: copyOf(trainer.weights) };
    }
    if (epoch - best.epoch >= patience) break;
  }
  return best.weights;
}

function copyOf({ parameters, vectors }: TransformerWeights): TransformerWeights {
  return { parameters: parameters.slice(), vectors: vectors.slice() };
}

/** Predicts each item of the windows but the first. */
function toBatch(
  windows: readonly Uint32Array[],
  itemCount: number,
  negatives: number | undefined,
  random: Random,
): TrainingBatch {
  return {
    ...packSequences(windows.map((items) => items.subarray(0, -1))),
    targets: packSequences(windows.map((items) => items.subarray(1))).items,
    ...(negatives !== undefined && {
      negatives: drawItems(itemCount, negatives, random),
      // Each sampled item stands for itemCount / negatives items.
      offsets: new Float32Array(negatives).fill(Math.log(itemCount / negatives)),
    }),
  };
}

/** Distinct items, each as likely as any other. */
function drawItems(itemCount: number, count: number, random: Random): Uint32Array {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(random.integer(itemCount));
  return Uint32Array.from(drawn);
}

/** NDCG@10 of the held-out items in full rankings; `undefined` if there are none. */
async function validate(
  { encode, weights }: TransformerTrainer,
  { histories, next }: SequenceSplit,
  { width, longest }: TransformerShape,
): Promise<number | undefined> {
  if (histories.length === 0) return undefined;
  const states = await encode(packSequences(histories.map((items) => items.slice(-longest))));
  const scorer = createItemScorer({ factors: width, itemFactors: weights.vectors });
  const users = histories.map((_, i) => ({
    vector: states.subarray(i * width, (i + 1) * width),
  }));
  const hidden = histories.map(() => new Uint32Array(0));
  const places = scorer.rank(users, hidden, K).map(({ indices }, i) => indices.indexOf(next[i]));
  return places.reduce((sum, place) => sum + (place < 0 ? 0 : discount(place + 1)), 0) /
    histories.length;
}
