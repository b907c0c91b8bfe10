import type { History } from "../interactions/history.ts";
import type { CandidateScores } from "./blending/contested_query.ts";
import { blendedScores } from "./blending/blended_scores.ts";
import type { Query } from "./blending/held_out_queries.ts";
import { isOfRange, type Normalization, normalizeScores } from "./blending/normalize_scores.ts";
import type { Model } from "./model.ts";
import { type Exclude, ownItems } from "./rank.ts";
import { rankStaged, type StagedScores } from "./scoring/rank_staged.ts";

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
  const scorers = models.map((model) => normalizedScores(model, normalize));
  const most = CANDIDATES_PER_PLACE * k;
  return queries.flatMap(({ history, relevant }) => {
    const own = ownItems(history, { exclude });
    const allowed = relevant.filter((item) => !own.includes(item));
    if (allowed.length === 0) return [];
    // Models that rank by themselves do so by their own scores, of which normalization may round
    // two neighbours to the same number.
    const ranked = models.map((model) => model.rankBatch?.([history], [own], most)[0]);
    const scores = scorers.map((scoresOf) => scoresOf(history));
    const nominated = scores.flatMap((
      of,
      m,
    ) => [...(ranked[m] ?? rankStaged(of, own, most)).indices]);
    const items = Uint32Array.from(new Set([...nominated, ...allowed])).sort();
    return [{
      scores: Float32Array.from(scores.flatMap(({ exact }) => [...exact(items)])),
      candidates: items.length,
      relevant: allowed.map((item) => items.indexOf(item)),
    }];
  });
}

/** The normalized scores of a history; valid until the next call. */
function normalizedScores(
  model: Model,
  normalize: Normalization,
): (history: History) => StagedScores {
  if (isOfRange(normalize)) return blendedScores([model], [1], normalize);
  const addends = new Float32Array(model.itemCount);
  const exact = (items: Uint32Array) => Float32Array.from(items, (item) => addends[item]);
  return (history) => {
    model.score(history, addends);
    normalizeScores(addends, normalize);
    const whole = { addends, likely: [], factor: 0, constant: 0, tolerance: 0, exact };
    return { complete: () => whole, exact };
  };
}
