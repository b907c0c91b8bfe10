import type { CandidateScores } from "./blending/blend_ndcg.ts";
import type { Query } from "./blending/held_out_queries.ts";
import { type Normalization, normalizeScores } from "./blending/normalize_scores.ts";
import type { Model } from "./model.ts";
import { type Exclude, rankScores } from "./rank.ts";

/** How {@linkcode scoreCandidates} makes lists. */
export interface CandidateOptions {
  readonly normalize: Normalization;
  readonly exclude: Exclude;
  /** Length of the lists. */
  readonly k: number;
}

/** Candidates that each model nominates, per place of the list. */
const CANDIDATES_PER_PLACE = 5;

/**
 * Scores the candidates of each query with each model: the top items of every model and the
 * relevant ones. Excluded items are neither candidates nor relevant; queries without other relevant
 * items are omitted.
 */
export function scoreCandidates(
  models: readonly Model[],
  queries: readonly Query[],
  { normalize, exclude, k }: CandidateOptions,
): CandidateScores[] {
  const buffers = models.map(({ itemCount }) => new Float32Array(itemCount));
  return queries.flatMap(({ history, relevant }) => {
    const nominated = models.flatMap((model, m) => {
      model.score(history, buffers[m]);
      normalizeScores(buffers[m], normalize);
      return [...rankScores(buffers[m], history, { k: CANDIDATES_PER_PLACE * k, exclude }).indices];
    });
    const allowed = relevant.filter((item) => buffers[0][item] > -Infinity);
    if (allowed.length === 0) return [];
    const items = Uint32Array.from(new Set([...nominated, ...allowed])).sort();
    return [{
      scores: Float32Array.from(buffers.flatMap((scores) => Array.from(items, (i) => scores[i]))),
      candidates: items.length,
      relevant: allowed.map((item) => items.indexOf(item)),
    }];
  });
}
