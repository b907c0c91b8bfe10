import type {
  ItemScorer,
  ItemVectors,
  UserVector,
} from "../../../src/linalg/kernels/item_vectors.ts";
import { topK } from "../../../src/linalg/top_k.ts";

/** The same as the compiled scorer, to the last bit, in plain TypeScript. */
export function plainItemScorer({ factors, itemFactors, offsets }: ItemVectors): ItemScorer {
  const itemCount = itemFactors.length / factors;
  const scoreOf = ({ vector, constant = 0 }: UserVector, item: number): number => {
    let sum = 0;
    for (let f = 0; f < factors; f++) {
      const product = Math.fround(Math.fround(vector[f]) * itemFactors[item * factors + f]);
      sum = Math.fround(sum + product);
    }
    return Math.fround(Math.fround(sum + (offsets?.[item] ?? 0)) + Math.fround(constant));
  };
  const scoreSome: ItemScorer["scoreSome"] = (user, items) =>
    Float32Array.from(items, (item) => scoreOf(user, item));
  const all = Uint32Array.from({ length: itemCount }, (_, item) => item);
  return {
    score: (user, scores) => scores.set(scoreSome(user, all)),
    scoreSome,
    rank: (users, hidden, k) =>
      users.map((user, u) => {
        const scores = scoreSome(user, all);
        for (const item of hidden[u]) if (item < itemCount) scores[item] = -Infinity;
        return topK(scores, k);
      }),
    lazily: (user) => {
      const scores = scoreSome(user, all);
      return {
        longest: new Uint32Array(0),
        bounds: () => ({ least: -Infinity, largest: Infinity }),
        range: () => ({ least: Math.min(...scores), largest: Math.max(...scores) }),
        some: (items) => scoreSome(user, items),
        above({ addends, factor, threshold }) {
          const items = all.filter((item) => {
            const product = Math.fround(Math.fround(factor) * scores[item]);
            const sum = Math.fround(addends[item] + product);
            return sum > -Infinity && sum >= Math.fround(threshold);
          });
          return { items, scores: scoreSome(user, items) };
        },
      };
    },
  };
}
