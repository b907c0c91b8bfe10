import { historyOf } from "../interactions/interactions.ts";
import type { Model } from "../models/model.ts";
import type { Holdout } from "../evaluation/holdout.ts";

/** A point of a gain curve. */
export interface GainPoint {
  /** The first part of the ranking of all products, from 0 to 1. */
  readonly catalogue: number;
  /** The share of what users went on to that is in this part. */
  readonly found: number;
}

/**
 * How high a model ranks the new products that users went on to, among all products new to them:
 * ties count as half above and half below. A model that knows nothing has `found` = `catalogue`.
 *
 * @param users Row numbers; users without new products in the truth are skipped.
 * @param options `points`: the curve's number of steps; default 100.
 * @returns From (0, 0) to (1, 1); empty if no user went on to a new product.
 */
export function gainCurve(
  model: Model,
  { history, truth }: Holdout,
  users: Iterable<number>,
  { points = 100 }: { points?: number } = {},
): GainPoint[] {
  const scores = new Float32Array(model.itemCount);
  const places: number[] = [];
  for (const user of users) {
    const past = historyOf(history, user);
    const known = new Set(past.items);
    const wanted = new Set(historyOf(truth, user).items).difference(known);
    if (wanted.size === 0) continue;
    model.score(past, scores);
    for (const item of wanted) places.push(placeOf(item, scores, known));
  }
  if (places.length === 0) return [];
  places.sort((a, b) => a - b);
  let below = 0;
  return Array.from({ length: points + 1 }, (_, i) => {
    while (below < places.length && places[below] <= i / points) below++;
    return { catalogue: i / points, found: below / places.length };
  });
}

/** The share of the other unknown items with a higher score, from 0 to 1. */
function placeOf(item: number, scores: Float32Array, known: ReadonlySet<number>): number {
  let above = 0, others = 0;
  for (let other = 0; other < scores.length; other++) {
    if (other === item || known.has(other)) continue;
    others++;
    if (scores[other] > scores[item]) above++;
    else if (scores[other] === scores[item]) above += .5;
  }
  return others === 0 ? 0 : above / others;
}
