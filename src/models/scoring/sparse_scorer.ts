import type { History } from "../../interactions/history.ts";
import { type SparseScores, SparseSums } from "../../linalg/sparse/sparse_scores.ts";
import { firstZeros, type Ranked, topOfSome } from "../../linalg/top_k.ts";
import type { Scorer } from "./scorer.ts";
import { rankOneByOne } from "./rank_one_by_one.ts";

/**
 * All ways to score of a model whose scores are sums of a few parts, with buffers of 8 bytes per
 * item, made on first use. The scores of the last history are kept: who asks for them again, such
 * as for a list of the model and one of a blend with it, gets them without scoring.
 *
 * @param addScores Adds the parts of a history's scores to sums that are 0 before.
 */
export function sparseScorer(
  itemCount: number,
  addScores: (history: History, sums: SparseSums) => void,
): Required<Omit<Scorer, "noSignal" | "scoreLazily" | "scoreOnDemand">> {
  let sums: SparseSums | undefined;
  let scored: History | undefined;
  function scoreSparse(history: History): SparseScores {
    sums ??= new SparseSums(itemCount);
    if (history === scored) return sums;
    // If adding fails, what is there is no history's scores.
    scored = undefined;
    sums.clear();
    addScores(history, sums);
    scored = history;
    return sums;
  }
  return {
    itemCount,
    score: (history, scores) => scores.set(scoreSparse(history).values),
    scoreSome: (history, items) => someOf(scoreSparse(history), items),
    scoreSparse,
    ...rankOneByOne({ itemCount, scoresOf: scoreSparse, top: rankSparse, some: someOf }),
  };
}

function someOf({ values }: SparseScores, items: Uint32Array): Float32Array {
  return Float32Array.from(items, (item) => values[item]);
}

/** The top k: those that score above 0, then others in the order of their numbers. */
function rankSparse({ values, touched }: SparseScores, hidden: Uint32Array, k: number): Ranked {
  const before = Float32Array.from(hidden, (item) => values[item]);
  // No score is below 0. Numbers beyond the last item change nothing.
  for (let i = 0; i < hidden.length; i++) values[hidden[i]] = -1;
  const ranked = topOfSome(values, touched, k);
  const count = ranked.scores.findLastIndex((score) => score > 0) + 1;
  const best = {
    indices: ranked.indices.subarray(0, count),
    scores: ranked.scores.subarray(0, count),
  };
  const missing = k - best.indices.length;
  const list = missing === 0 ? best : withZeros(best, firstZeros(values, missing));
  for (let i = 0; i < hidden.length; i++) values[hidden[i]] = before[i];
  return list;
}

function withZeros({ indices, scores }: Ranked, items: readonly number[]): Ranked {
  return {
    indices: Uint32Array.from([...indices, ...items]),
    scores: Float32Array.from([...scores, ...items.map(() => 0)]),
  };
}
