import type { History } from "../../../../src/interactions/history.ts";
import type { Ranked } from "../../../../src/linalg/top_k.ts";
import { recommendedPart } from "../../../../src/models/completion/complete_list.ts";
import type { Model } from "../../../../src/models/model.ts";
import { rank } from "../../../../src/models/rank.ts";

/** How alike two models' lists are. */
export interface ListComparison {
  /** The share of users whose lists hold the same products in the same order. */
  readonly identical: number;
  /** The mean share of the products of a list that the other list holds too. */
  readonly overlap: number;
}

/**
 * Compares the top k of two models that know the same products, as far as the models recommend
 * them. Two empty lists are identical.
 *
 * @param histories At least one.
 */
export function compareLists(
  one: Model,
  other: Model,
  histories: readonly History[],
  k: number,
): ListComparison {
  let identical = 0, overlap = 0;
  for (const history of histories) {
    const [a, b] = [one, other].map((model) => recommended(model, history, k).indices);
    if (a.length === b.length && a.every((item, place) => item === b[place])) identical++;
    const longest = Math.max(a.length, b.length);
    overlap += longest === 0 ? 1 : a.filter((item) => b.includes(item)).length / longest;
  }
  return { identical: identical / histories.length, overlap: overlap / histories.length };
}

function recommended(model: Model, history: History, k: number): Ranked {
  return recommendedPart(rank(model, history, { k }), model);
}
