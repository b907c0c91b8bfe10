import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatMetric, formatShare } from "../../base/format.ts";

/** The data that {@linkcode comparisonFindings} describes. */
export interface ComparisonFacts {
  /** One row per model, on the test window. */
  readonly rows: readonly {
    readonly model: string;
    readonly ndcg: number;
    readonly coverage: number;
    readonly pValueWinner?: number;
  }[];
  /** The results of a grid search. */
  readonly cells: readonly { readonly recall: number; readonly rmse: number }[];
  readonly choice: { readonly reason: string };
}

/** The significance level: differences with a p-value up to this aren't put down to chance. */
const LEVEL = .05;

/** Describes how models compare, in sentences. */
export function comparisonFindings({ rows, cells, choice }: ComparisonFacts): string[] {
  const best = bestBy(rows, ({ ndcg }) => ndcg);
  const popularity = rows.find(({ model }) => model === FALLBACK_MODEL);
  const rivals = rows.filter(({ pValueWinner }) => (pValueWinner ?? 0) > LEVEL);
  const recall = bestBy(cells, ({ recall }) => recall);
  const rmse = bestBy(cells, ({ rmse }) => -rmse);
  return [
    `${best.model} has the highest NDCG on the test window, ${formatMetric(best.ndcg)}` +
    (popularity && popularity !== best
      ? `, ${(best.ndcg / popularity.ndcg).toFixed(1)} times popularity's; it shows ${
        formatShare(best.coverage)
      } of the catalogue, popularity ${formatShare(popularity.coverage)}.`
      : "."),
    rivals.length > 0
      ? `Its lead over ${rivals.map(({ model }) => model).join(", ")} may be chance.`
      : "Its lead over every other model is more than chance.",
    `In the grid, the options with the best recall (${
      formatMetric(recall.recall)
    }) have an RMSE of ${formatMetric(recall.rmse)}; those with the best RMSE (${
      formatMetric(rmse.rmse)
    }) have a recall of ${formatMetric(rmse.recall)}: models are chosen by their lists.`,
    `Served by default: ${choice.reason}.`,
  ];
}

function bestBy<Row>(rows: readonly Row[], value: (row: Row) => number): Row {
  return rows.reduce((best, row) => value(row) > value(best) ? row : best);
}
