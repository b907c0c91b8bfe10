import type { History } from "../../interactions/history.ts";
import { markItems } from "../../linalg/sparse/marks.ts";
import { type Ranked, topAmong } from "../../linalg/top_k.ts";
import type { Scorer } from "../../models/scoring/scorer.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import { firstOf } from "./bounded_arrivals.ts";
import type { ItemScores, UncertainProducts } from "./uncertain_products.ts";

/** From how many hidden products on only those that pass are ranked, and stand-ins. */
const MOST_HIDDEN = 100;

/** How many stand-ins that don't pass are ranked beside them before all are scored instead. */
const MOST_BESIDE = 20;

const NONE = new Uint32Array(0);

/**
 * A model's scores over the current products: those of uncertain products are at least what their
 * stand-ins say. A list takes little longer than the model's own: what can enter it is found among
 * the model's best products.
 */
export function withEstimates(model: Scorer, uncertain: UncertainProducts): Scorer {
  const { known, size } = uncertain;
  return {
    itemCount: size,
    noSignal: model.noSignal,
    score(history, scores) {
      model.score(history, scores.subarray(0, known));
      uncertain.raise(scores);
    },
    ...(model.scoreSome && {
      scoreSome: (history, items) =>
        uncertain.scoresOf(items, (known) => model.scoreSome!(history, known)),
    }),
    ...(model.rankBatch && {
      rankBatch(histories, hidden, k) {
        const isFiltered = hidden.map(({ length }) => length > MOST_HIDDEN);
        const whole = histories.filter((_, i) => !isFiltered[i]);
        const more = hidden.map(({ length }, i) => isFiltered[i] ? 0 : length);
        // One more than the list needs shows that none of the last score is missing.
        const most = k + Math.max(0, ...more) + 1;
        const wide = whole.length === 0 ? [] : model.rankBatch!(whole, whole.map(() => NONE), most);
        let next = 0;
        return histories.map((history, i) => {
          const asked = { hidden: hidden[i], isHidden: markItems(hidden[i], size), k };
          const settled = isFiltered[i]
            ? rankFiltered(model, uncertain, history, asked)
            : rankAmongBest(model, uncertain, { best: wide[next++], of: known }, asked);
          return settled ?? rankAll(model, uncertain, history, asked);
        });
      },
    }),
  };
}

interface Asked {
  readonly hidden: Uint32Array;
  /** 1 for each hidden product: a filter hides too many for a set. */
  readonly isHidden: Uint8Array;
  readonly k: number;
}

/**
 * The list of a filter, if the best of the products that pass it and of the stand-ins for uncertain
 * ones among them settle it.
 */
function rankFiltered(
  model: Scorer,
  uncertain: UncertainProducts,
  history: History,
  asked: Asked,
): Ranked | undefined {
  const out = uncertain.unneeded(asked.hidden, asked.isHidden);
  const [best] = model.rankBatch!([history], [out], asked.k + MOST_BESIDE + 1);
  return rankAmongBest(model, uncertain, { best, of: uncertain.known - out.length }, asked);
}

/**
 * The list, if the model's best products settle it.
 *
 * @param best Of all products that the model knows, or of those that matter: hidden ones included,
 *   and the stand-ins for those that aren't.
 * @param of How many products these are.
 */
function rankAmongBest(
  { noSignal }: Scorer,
  uncertain: UncertainProducts,
  { best, of }: { readonly best: Ranked; readonly of: number },
  { isHidden, k }: Asked,
): Ranked | undefined {
  const own = firstOf(best, k, (item) => isHidden[item] === 0);
  const isAll = best.indices.length === of;
  if (own.indices.length < k && !isAll) return undefined;
  const last = own.indices.length < k ? -Infinity : own.scores[k - 1];
  const end = best.scores.findLastIndex((score) => score >= last) + 1;
  const isCut = end === best.indices.length && !isAll;
  // Products with the last score may be missing, unless they aren't recommended anyway.
  if (isCut && last !== noSignal) return undefined;
  const reaching = uncertain.reaching({
    indices: best.indices.subarray(0, end),
    scores: best.scores.subarray(0, end),
  });
  return merge(own, reaching, { isHidden, k });
}

/** The list, from the scores of all stand-ins. */
function rankAll(
  model: Scorer,
  uncertain: UncertainProducts,
  history: History,
  { hidden, isHidden, k }: Asked,
): Ranked {
  const [own] = model.rankBatch!([history], [hidden], k);
  const items = uncertain.items.filter((item) => isHidden[item] === 0);
  const scores = uncertain.scoresOf(items, (known) => scoreItems(model, history, known));
  return merge(own, { items, scores }, { isHidden, k });
}

/** The best of two lists; of a product that is on both the larger score. */
function merge(
  own: Ranked,
  estimated: ItemScores,
  { isHidden, k }: Pick<Asked, "isHidden" | "k">,
): Ranked {
  if (estimated.items.length === 0) return own;
  const scores = new Map(Array.from(own.indices, (item, i) => [item, own.scores[i]]));
  estimated.items.forEach((item, i) => {
    const estimate = estimated.scores[i];
    if (estimate > (scores.get(item) ?? -Infinity) && isHidden[item] === 0) {
      scores.set(item, estimate);
    }
  });
  const items = Uint32Array.from(scores.keys()).sort();
  return topAmong({ items, scores: Float32Array.from(items, (item) => scores.get(item)!) }, k);
}
