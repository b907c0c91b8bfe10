import { topK } from "../top_k.ts";
import type { ItemScorer, ItemVectors, UserVector } from "./item_vectors.ts";

/** The same as the compiled scorer, to the last bit, in plain code: an oracle, and what runs without WebAssembly. */
export function plainItemScorer(vectors: ItemVectors): ItemScorer {
  const itemCount = vectors.itemFactors.length / vectors.factors;
  const all = Uint32Array.from({ length: itemCount }, (_, item) => item);
  const score: ItemScorer["score"] = (user, scores) => scores.set(scoreSome(vectors, user, all));
  const scores = new Float32Array(itemCount);
  return {
    score,
    scoreSome: (user, items) => scoreSome(vectors, user, items),
    rank: (users, hidden, k) =>
      users.map((user, u) => {
        score(user, scores);
        for (const item of hidden[u]) {
          if (item < itemCount) scores[item] = -Infinity;
        }
        return topK(scores, k);
      }),
  };
}

/** The scores of some items in plain code, each as {@linkcode ItemScorer.score} has it. */
export function scoreSome(
  { factors, itemFactors, offsets }: ItemVectors,
  { vector, constant = 0 }: UserVector,
  items: Uint32Array,
): Float32Array {
  const x = Float32Array.from(vector);
  const scores = new Float32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const start = items[i] * factors;
    let sum = 0;
    for (let f = 0; f < factors; f++) {
      sum = Math.fround(sum + Math.fround(x[f] * itemFactors[start + f]));
    }
    scores[i] = Math.fround(sum + (offsets?.[items[i]] ?? 0)) + Math.fround(constant);
  }
  return scores;
}
