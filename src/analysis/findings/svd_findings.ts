import { formatMetric, formatShare } from "../../base/format.ts";
import { bestBy, listed } from "./words.ts";

/** The value of an option. */
export type OptionText = number | string | boolean;

/** The figures of one combination of two options. */
export interface CellFigures {
  readonly x: OptionText;
  readonly y: OptionText;
  readonly recall: number;
  /** NaN if the model predicts no ratings. */
  readonly rmse: number;
}

/** A model of the SVD family on the test window. */
export interface FamilyFigures {
  readonly model: string;
  readonly ndcg: number;
  readonly users: number;
  readonly rmse?: number;
}

/** How high a model ranks what users went on to. */
export interface GainFigures {
  readonly model: string;
  readonly curve: readonly { readonly catalogue: number; readonly found: number }[];
}

/** Says how the classic SVD ranks beside its family, and how well it predicts ratings. */
export function familyFindings(
  rows: readonly FamilyFigures[],
  family: readonly string[],
): string[] {
  const measured = rows.filter(({ users }) => users > 0);
  const members = measured.filter(({ model }) => family.includes(model));
  const classic = members.find(({ model }) => model === "svd");
  if (!classic || members.length < 2 || members.every(({ ndcg }) => ndcg === 0)) return [];
  const best = bestBy(members, ({ ndcg }) => ndcg);
  const place = 1 + measured.filter(({ ndcg }) => ndcg > classic.ndcg).length;
  const where = place === measured.length
    ? "ranks worst of all models"
    : `is number ${place} of ${measured.length} models`;
  const rating = classic.rmse === undefined
    ? ""
    : `, its error in predicting ratings (RMSE) is ${formatMetric(classic.rmse)}`;
  return [
    `svd ${where} (NDCG ${formatMetric(classic.ndcg)})${rating}; ` +
    (best === classic
      ? "no member of its family ranks better."
      : `of its family, ${best.model} ranks best (NDCG ${formatMetric(best.ndcg)}).`),
  ];
}

/** The part of the ranking that a reader may look at. */
const FIRST = .05;

/** Says how much of what users went on to each model puts into the first part of its ranking. */
export function gainFindings(lines: readonly GainFigures[]): string[] {
  const found = lines.flatMap(({ model, curve }) => {
    const point = curve.find(({ catalogue }) => catalogue >= FIRST);
    return point ? [`${model} ${formatShare(point.found)}`] : [];
  });
  if (found.length === 0) return [];
  return [
    `Of the new products that users went on to, these shares are in the first ${
      formatShare(FIRST)
    } of the ranking (by chance: ${formatShare(FIRST)}): ${listed(found)}.`,
  ];
}

/** Says which options are best for recall and for RMSE, and whether they are the same. */
export function gridFindings(
  cells: readonly CellFigures[],
  { model, x, y, failure }: {
    readonly model: string;
    readonly x: string;
    readonly y: string;
    readonly failure?: string;
  },
): string[] {
  const failed = failure === undefined ? [] : [`Not all options could be tried: ${failure}.`];
  if (cells.length === 0) return failed;
  const text = (cell: CellFigures) => `${x} ${cell.x}, ${y} ${cell.y}`;
  const recall = bestBy(cells, ({ recall }) => recall);
  const rmse = bestBy(cells, ({ rmse }) => Number.isNaN(rmse) ? -Infinity : -rmse);
  if (recall.recall === 0) {
    return [
      `With none of these options do ${model}'s lists have a product that users went on to.`,
      ...failed,
    ];
  }
  if (Number.isNaN(rmse.rmse)) {
    return [
      `${model} has the best recall, ${formatMetric(recall.recall)}, with ${text(recall)}.`,
      ...failed,
    ];
  }
  return [
    recall === rmse
      ? `${model} has both the best recall, ${formatMetric(recall.recall)}, and the best RMSE, ${
        formatMetric(rmse.rmse)
      }, with ${text(recall)}.`
      : `The two disagree: ${model} has the best recall, ${formatMetric(recall.recall)}, with ${
        text(recall)
      }, and the best RMSE, ${formatMetric(rmse.rmse)}, with ${text(rmse)}, where recall is ${
        formatMetric(rmse.recall)
      }. Lists are served, so recall decides.`,
    ...failed,
  ];
}

/** Says whether tuning changed a model's NDCG on the test window. */
export function tuningFindings(
  before: readonly FamilyFigures[],
  after: readonly FamilyFigures[],
): string[] {
  return after.filter(({ users }) => users > 0).flatMap(({ model, ndcg }) => {
    const old = before.find((row) => row.model === model);
    if (!old) return [];
    const change = ndcg > old.ndcg ? "raises" : "lowers";
    return [
      formatMetric(ndcg) === formatMetric(old.ndcg)
        ? `Tuning leaves the NDCG of ${model} on the test window as it was, ${formatMetric(ndcg)}.`
        : `Tuning ${change} the NDCG of ${model} on the test window from ${
          formatMetric(old.ndcg)
        } to ${formatMetric(ndcg)}.`,
    ];
  });
}
