import { topK } from "../top_k.ts";
import type { ItemScorer, ItemVectors } from "./item_vectors.ts";

/** The same as the compiled scorer, to the last bit, in plain code: an oracle, and what runs without WebAssembly. */
export function plainItemScorer({ factors, itemFactors, offsets }: ItemVectors): ItemScorer {
  const itemCount = itemFactors.length / factors;
  const score: ItemScorer["score"] = ({ vector, constant = 0 }, scores) => {
    const x = Float32Array.from(vector);
    for (let item = 0, at = 0; item < itemCount; item++) {
      let sum = 0;
      for (let f = 0; f < factors; f++) {
        sum = Math.fround(sum + Math.fround(x[f] * itemFactors[at++]));
      }
      scores[item] = Math.fround(sum + (offsets?.[item] ?? 0)) + Math.fround(constant);
    }
  };
  const scores = new Float32Array(itemCount);
  return {
    score,
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
