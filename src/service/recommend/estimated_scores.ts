import type { History } from "../../interactions/history.ts";
import { markItems } from "../../interactions/item_marks.ts";
import { firstWhere, type Ranked, topAmong } from "../../linalg/top_k.ts";
import type { RankedAndScored, Scorer } from "../../models/scoring/scorer.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import type { ItemScores, UncertainProducts } from "./uncertain_products.ts";

/** With more hidden products, or a larger share, only those that pass are ranked, and stand-ins. */
const MOST_HIDDEN = 100;
const MOST_HIDDEN_SHARE = 1 / 8;

/** How many stand-ins that don't pass are ranked beside them before all are scored instead. */
const MOST_BESIDE = 20;

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
    ...(model.rankAndScore && {
      rankBatch(histories, hidden, k) {
        const few = Math.min(MOST_HIDDEN, MOST_HIDDEN_SHARE * known);
        const plain = [...hidden.keys()].filter((i) => hidden[i].length <= few);
        const omitted = plain.map((i) =>
          hidden[i].filter((item, at, items) => item < known && items.indexOf(item) === at)
        );
        // One more than the list needs shows that none of the last score is missing.
        const found = model.rankAndScore!(plain.map((i) => histories[i]), omitted, k + 1);
        const settled = new Map(plain.map((i, n) => [
          i,
          rankPlain(model, uncertain, { ...found[n], omitted: omitted[n] }, {
            isHidden: (item) => hidden[i].includes(item),
            k,
          }),
        ]));
        return histories.map((history, i) => {
          const list = settled.get(i);
          if (list) return list;
          const asked = { hidden: hidden[i], marks: markItems(hidden[i], size), k };
          // Of others nothing is estimated.
          if (uncertain.items.every((item) => asked.marks[item] === 1)) {
            return model.rankBatch!([history], [hidden[i]], k)[0];
          }
          const filtered = settled.has(i)
            ? undefined
            : rankFiltered(model, uncertain, history, asked);
          return filtered ?? rankAll(model, uncertain, history, asked);
        });
      },
    }),
  };
}

/** What a list is to be. */
interface Wanted {
  readonly isHidden: (item: number) => boolean;
  readonly k: number;
}

interface Asked {
  readonly hidden: Uint32Array;
  /** 1 for each hidden product. */
  readonly marks: Uint8Array;
  readonly k: number;
}

function wantedOf({ marks, k }: Asked): Wanted {
  return { isHidden: (item) => marks[item] === 1, k };
}

/** What may settle a list. */
interface Known {
  /** The model's best products of those that aren't hidden. */
  readonly own: Ranked;
  /** All known products that score as much as the last of them, also hidden ones; best first. */
  readonly reaching: Ranked;
  /** Whether known products with the very last score may be missing. */
  readonly isCut: boolean;
}

/** The list that hides few products. */
function rankPlain(
  model: Scorer,
  uncertain: UncertainProducts,
  { best, hiddenScores, omitted }: RankedAndScored & { readonly omitted: Uint32Array },
  wanted: Wanted,
): Ranked | undefined {
  const { k } = wanted;
  const own = firstWhere(best, k);
  const isAll = best.indices.length <= k;
  const last = isAll ? -Infinity : own.scores[k - 1];
  const count = own.indices.length;
  const items = new Uint32Array(count + omitted.length);
  items.set(own.indices);
  items.set(omitted, count);
  const scores = new Float32Array(items.length);
  scores.set(own.scores);
  scores.set(hiddenScores, count);
  const { indices, scores: ranked } = topAmong({ items, scores }, items.length);
  const end = ranked.findLastIndex((score) => score >= last) + 1;
  const reaching = { indices: indices.subarray(0, end), scores: ranked.subarray(0, end) };
  const isCut = !isAll && best.scores[k] === last;
  return settle(model, uncertain, { own, reaching, isCut }, wanted);
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
  const { hidden, marks, k } = asked;
  const out = uncertain.unneeded(hidden, marks);
  const [best] = model.rankBatch!([history], [out], k + MOST_BESIDE + 1);
  const isAll = best.indices.length === uncertain.known - out.length;
  const own = firstWhere(best, k, (item) => marks[item] === 0);
  if (own.indices.length < k && !isAll) return undefined;
  const last = own.indices.length < k ? -Infinity : own.scores[k - 1];
  const end = best.scores.findLastIndex((score) => score >= last) + 1;
  const reaching = { indices: best.indices.subarray(0, end), scores: best.scores.subarray(0, end) };
  const isCut = end === best.indices.length && !isAll;
  return settle(model, uncertain, { own, reaching, isCut }, wantedOf(asked));
}

/** The list, if what is known settles it. */
function settle(
  { noSignal }: Scorer,
  uncertain: UncertainProducts,
  { own, reaching, isCut }: Known,
  wanted: Wanted,
): Ranked | undefined {
  // Products with the last score may be missing, unless they aren't recommended anyway.
  if (isCut && own.scores[own.scores.length - 1] !== noSignal) return undefined;
  return merge(own, uncertain.reaching(reaching), wanted);
}

/** The list, from the scores of all stand-ins. */
function rankAll(
  model: Scorer,
  uncertain: UncertainProducts,
  history: History,
  asked: Asked,
): Ranked {
  const [own] = model.rankBatch!([history], [asked.hidden], asked.k);
  const items = uncertain.items.filter((item) => asked.marks[item] === 0);
  const scores = uncertain.scoresOf(items, (known) => scoreItems(model, history, known));
  return merge(own, { items, scores }, wantedOf(asked));
}

/** The best of two lists; of a product that is on both the larger score. */
function merge(
  own: Ranked,
  estimated: ItemScores,
  { isHidden, k }: Wanted,
): Ranked {
  if (estimated.items.length === 0) return own;
  const scores = new Map(Array.from(own.indices, (item, i) => [item, own.scores[i]]));
  estimated.items.forEach((item, i) => {
    const estimate = estimated.scores[i];
    if (estimate > (scores.get(item) ?? -Infinity) && !isHidden(item)) {
      scores.set(item, estimate);
    }
  });
  const items = Uint32Array.from(scores.keys()).sort();
  return topAmong({ items, scores: Float32Array.from(items, (item) => scores.get(item)!) }, k);
}
