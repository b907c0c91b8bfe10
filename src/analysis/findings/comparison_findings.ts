import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatCount, formatCounted, formatMetric, formatShare } from "../../base/format.ts";
import { bestBy, listed } from "./words.ts";

/** One model on the test window. */
export interface ModelFigures {
  readonly model: string;
  readonly ndcg: number;
  readonly coverage: number;
  readonly users: number;
  readonly rmse?: number;
  readonly pValueWinner?: number;
}

/** A part of the split. */
export interface PartCounts {
  readonly part: string;
  readonly users: number;
  readonly newUsers: number;
}

/** Who was measured, and who wasn't. */
export interface MeasuredUsers {
  readonly measurable: number;
  readonly measured: number;
  readonly withoutTruth: number;
  readonly withoutHistory: number;
}

/** One model's NDCG for a group of users, with its 95% interval. */
export interface GroupFigures {
  readonly model: string;
  readonly group: string;
  readonly users: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The significance level: differences with a p-value up to this aren't put down to chance. */
const LEVEL = .05;

/** The interval of fewer users' mean says nothing. */
const FEWEST_USERS = 20;

/** Says how many users of the test window are new. */
export function splitFinding(parts: readonly PartCounts[]): string {
  const test = parts.find(({ part }) => part === "test");
  if (!test || test.users === 0) return "The test window has no events.";
  return `Of the ${formatCounted(test.users, "user")} of the test window, ${
    formatShare(test.newUsers / test.users)
  } are new: without a history, they get popular products.`;
}

/**
 * Says who is measured, or why nobody is, and which models were left out.
 *
 * @param options `unmeasured`: why nobody can be measured, and what helps.
 */
export function populationFindings(
  population: MeasuredUsers | undefined,
  { unmeasured, skipped }: {
    readonly unmeasured?: string;
    readonly skipped: readonly { readonly model: string; readonly reason: string }[];
  },
): string[] {
  const left = skipped.map(({ model, reason }) => `${model} is left out: ${reason}.`);
  if (unmeasured !== undefined || !population) {
    return [`No model can be compared: ${unmeasured ?? "there is nothing to measure"}.`, ...left];
  }
  const { measurable, measured, withoutTruth, withoutHistory } = population;
  return [
    `${formatCount(measured)} of ${
      formatCounted(measurable, "user")
    } with a history and events in the test window are measured. Left out are ${
      formatCounted(withoutHistory, "user")
    } without a history and ${formatCounted(withoutTruth, "user")} who didn't come back.`,
    ...left,
  ];
}

/** Says which model is best on the test window, and which may be as good. */
export function winnerFindings(rows: readonly ModelFigures[]): string[] {
  const measured = rows.filter(({ users }) => users > 0);
  if (measured.length === 0) return [];
  const best = bestBy(measured, ({ ndcg }) => ndcg);
  if (best.ndcg === 0) return ["No model's lists have any product that users went on to."];
  const rivals = measured.filter((row) => row !== best && (row.pValueWinner ?? 0) > LEVEL)
    .map(({ model }) => model);
  const popularity = measured.find(({ model }) => model === FALLBACK_MODEL);
  const times = popularity && popularity !== best && popularity.ndcg > 0
    ? `, ${(best.ndcg / popularity.ndcg).toFixed(1)} times popularity's`
    : "";
  return [
    `${best.model} has the highest NDCG on the test window, ${formatMetric(best.ndcg)}${times}.`,
    ...(measured.length < 2 ? [] : [
      rivals.length > 0
        ? `Its lead over ${listed(rivals)} may be chance.`
        : "Its lead over every other model is more than chance.",
    ]),
  ];
}

/** Says which models show most and least of the catalogue, beside the most accurate one. */
export function varietyFindings(rows: readonly ModelFigures[]): string[] {
  const measured = rows.filter(({ users }) => users > 0);
  if (measured.length < 2) return [];
  const coverage = ({ coverage }: ModelFigures) => coverage;
  const best = bestBy(measured, ({ ndcg }) => ndcg);
  const [widest, narrowest] = [
    bestBy(measured, coverage),
    bestBy(measured, (row) => -row.coverage),
  ];
  const shows = `${widest.model} shows most of the catalogue, ${
    formatShare(widest.coverage)
  }, and ${narrowest.model} least, ${formatShare(narrowest.coverage)}`;
  return [
    best === widest || best === narrowest
      ? `${shows}.`
      : `${shows}; ${best.model}, the most accurate, shows ${formatShare(best.coverage)}.`,
  ];
}

/** Says whether a model does better for users with long histories, beyond chance. */
export function historyFindings(groups: readonly GroupFigures[], model: string): string[] {
  const own = withHistory(groups, model);
  if (own.length < 2) return [];
  const [shortest, longest] = [own[0], own.at(-1)!];
  if (own.every(({ mean }) => mean === 0)) return [];
  const figures = `NDCG ${formatMetric(shortest.mean)} for histories of ${
    eventsText(shortest.group)
  }, ${formatMetric(longest.mean)} for those of ${longest.group}`;
  if (Math.min(shortest.users, longest.users) < FEWEST_USERS) {
    return [
      `Whether the length of the history matters to ${model} can't be said from so few users: ` +
      `${formatCount(shortest.users)} have ${eventsText(shortest.group)}, ${
        formatCount(longest.users)
      } have ${longest.group}.`,
    ];
  }
  if (longest.low > shortest.high) {
    return [`The longer the history, the better ${model} does: ${figures}.`];
  }
  if (longest.high < shortest.low) {
    return [`The longer the history, the worse ${model} does: ${figures}.`];
  }
  return [
    `The length of the history makes no difference to ${model} beyond chance: ${figures}, and ` +
    "the intervals overlap.",
  ];
}

/** `1 event`, `2–4 events`. */
export function eventsText(group: string): string {
  return `${group} ${group === "1" ? "event" : "events"}`;
}

/** The groups of users with a history; those without one get popular products. */
export function withHistory(groups: readonly GroupFigures[], model: string): GroupFigures[] {
  return groups.filter((row) => row.model === model && row.group !== "0" && row.mean >= 0);
}
