import type { History } from "../../interactions/history.ts";
import { type Ranked, topAmong } from "../../linalg/top_k.ts";
import type { Scorer } from "../../models/scoring/scorer.ts";
import { scoreItems } from "../../models/scoring/score_items.ts";
import type { ItemScores, UncertainProducts } from "./uncertain_products.ts";

/** How many hidden products are ranked with the others before all stand-ins are scored instead. */
const MOST_HIDDEN = 100;

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
    ...(model.scoreSome &&
      { scoreSome: (history, items) => scoreSome(model, uncertain, history, items) }),
    ...(model.rankBatch && {
      rankBatch(histories, hidden, k) {
        const isFiltered = hidden.map(({ length }) => 2 * length > known);
        const whole = histories.filter((_, i) => !isFiltered[i]);
        const more = hidden.map(({ length }, i) =>
          isFiltered[i] ? 0 : Math.min(length, MOST_HIDDEN)
        );
        // One more than the list needs shows that none of the last score is missing.
        const most = k + Math.max(0, ...more) + 1;
        const wide = whole.length === 0 ? [] : model.rankBatch!(whole, whole.map(() => NONE), most);
        let next = 0;
        return histories.map((history, i) => {
          const asked = { hidden: hidden[i], isHidden: marked(hidden[i], size), k };
          const settled = isFiltered[i]
            ? rankFiltered(model, uncertain, history, asked)
            : rankAmongBest(model, uncertain, { best: wide[next++], of: known }, asked);
          return settled ?? rankAll(model, uncertain, history, asked);
        });
      },
    }),
  };
}

function scoreSome(
  model: Scorer,
  uncertain: UncertainProducts,
  history: History,
  items: Uint32Array,
): Float32Array {
  const unsure = items.filter((item) => uncertain.has(item));
  const asked = new Set(uncertain.standInsFor(unsure));
  for (const item of items) if (item < uncertain.known) asked.add(item);
  const known = Uint32Array.from(asked);
  const own = model.scoreSome!(history, known);
  const scoreOf = new Map(Array.from(known, (item, i) => [item, own[i]]));
  return Float32Array.from(items, (item) => {
    const score = scoreOf.get(item) ?? -Infinity;
    return uncertain.has(item)
      ? Math.max(score, uncertain.estimate(item, (other) => scoreOf.get(other)!))
      : score;
  });
}

interface Asked {
  readonly hidden: Uint32Array;
  /** 1 for each hidden product: a filter hides too many for a set. */
  readonly isHidden: Uint8Array;
  readonly k: number;
}

function marked(items: Uint32Array, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (const item of items) marks[item] = 1;
  return marks;
}

/**
 * The list of a filter that leaves few products, if the best of these and of the stand-ins for
 * uncertain ones among them settle it: of all products, hardly any of them is among the best.
 */
function rankFiltered(
  model: Scorer,
  uncertain: UncertainProducts,
  history: History,
  asked: Asked,
): Ranked | undefined {
  const { known } = uncertain;
  const isOut = asked.isHidden.slice(0, known);
  const visible = uncertain.items.filter((item) => asked.isHidden[item] === 0);
  for (const standIn of uncertain.standInsFor(visible)) isOut[standIn] = 0;
  const out = Uint32Array.from(isOut.keys().filter((item) => isOut[item] === 1));
  const [best] = model.rankBatch!([history], [out], asked.k + MOST_HIDDEN + 1);
  return rankAmongBest(model, uncertain, { best, of: known - out.length }, asked);
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
  const places = [...best.indices.keys()].filter((place) => isHidden[best.indices[place]] === 0);
  const isAll = best.indices.length === of;
  if (places.length < k && !isAll) return undefined;
  const last = places.length < k ? -Infinity : best.scores[places[k - 1]];
  const end = best.scores.findLastIndex((score) => score >= last) + 1;
  const isCut = end === best.indices.length && !isAll;
  // Products with the last score may be missing, unless they aren't recommended anyway.
  if (isCut && last !== noSignal) return undefined;
  const reaching = uncertain.reaching({
    indices: best.indices.subarray(0, end),
    scores: best.scores.subarray(0, end),
  });
  const listed = places.slice(0, k);
  const own = {
    items: Uint32Array.from(listed, (place) => best.indices[place]),
    scores: Float32Array.from(listed, (place) => best.scores[place]),
  };
  return merge(own, reaching, { isHidden, k });
}

/** The list, from the scores of all stand-ins. */
function rankAll(
  model: Scorer,
  uncertain: UncertainProducts,
  history: History,
  { hidden, isHidden, k }: Asked,
): Ranked {
  const [{ indices, scores }] = model.rankBatch!([history], [hidden], k);
  const visible = uncertain.items.filter((item) => isHidden[item] === 0);
  const needed = uncertain.standInsFor(visible);
  const own = scoreItems(model, history, needed);
  const scoreOf = new Map(Array.from(needed, (item, i) => [item, own[i]]));
  const estimates = Float32Array.from(
    visible,
    (item) => uncertain.estimate(item, (other) => scoreOf.get(other)!),
  );
  return merge({ items: indices, scores }, { items: visible, scores: estimates }, { isHidden, k });
}

/** The best of two lists; of a product that is on both the larger score. */
function merge(
  own: ItemScores,
  estimated: ItemScores,
  { isHidden, k }: Pick<Asked, "isHidden" | "k">,
): Ranked {
  const scores = new Map(Array.from(own.items, (item, i) => [item, own.scores[i]]));
  estimated.items.forEach((item, i) => {
    const estimate = estimated.scores[i];
    if (estimate > (scores.get(item) ?? -Infinity) && isHidden[item] === 0) {
      scores.set(item, estimate);
    }
  });
  const items = Uint32Array.from(scores.keys()).sort();
  return topAmong({ items, scores: Float32Array.from(items, (item) => scores.get(item)!) }, k);
}
