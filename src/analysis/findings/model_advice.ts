import { FALLBACK_MODEL } from "../../artifact/manifest.ts";
import { formatMetric, formatShare } from "../../base/format.ts";
import {
  eventsText,
  type GroupFigures,
  type ModelFigures,
  type PartCounts,
  withHistory,
} from "./comparison_findings.ts";
import { bestBy } from "./words.ts";

/** What the advice on models is computed from. */
export interface ModelAdviceFigures {
  /** On the test window; empty if nobody could be measured. */
  readonly rows: readonly (ModelFigures & { readonly hitRate: number })[];
  readonly parts: readonly PartCounts[];
  /** NDCG by length of history. */
  readonly groups: readonly GroupFigures[];
  readonly choice: { readonly defaultModel: string };
  /** Names of the models based on a singular value decomposition. */
  readonly family: readonly string[];
  /** Why nobody can be measured, and what helps. */
  readonly unmeasured?: string;
}

/** Says which model to show to whom, in three to five sentences with figures. */
export function modelAdvice(figures: ModelAdviceFigures): string[] {
  const { rows, choice, unmeasured } = figures;
  const measured = rows.filter(({ users }) => users > 0);
  if (unmeasured !== undefined || measured.length === 0) {
    return [
      `Serve ${choice.defaultModel} for now: nobody could be measured.`,
      `Collect more before choosing: ${unmeasured ?? "the test window has nobody to measure"}.`,
      newcomerAdvice(figures.parts),
    ];
  }
  if (measured.every(({ ndcg }) => ndcg === 0)) {
    return [
      `Serve ${choice.defaultModel} for now: no model's lists have any product that users went ` +
      "on to.",
      "Collect more before choosing: events of more days, or of more users who come back.",
      newcomerAdvice(figures.parts),
    ];
  }
  return [
    serveAdvice(measured, choice.defaultModel),
    ...familyAdvice(measured, figures.family, choice.defaultModel),
    newcomerAdvice(figures.parts),
    ...historyAdvice(figures.groups, choice.defaultModel),
    "In the end, let the shop's own visitors decide: offline figures only say which models are " +
    `worth a trial, and ${
      formatShare(bestBy(measured, ({ hitRate }) => hitRate).hitRate)
    } of users with ` +
    "a hit is the most any model reached here.",
  ];
}

function serveAdvice(rows: ModelAdviceFigures["rows"], model: string): string {
  const served = rows.find((row) => row.model === model);
  const popularity = rows.find((row) => row.model === FALLBACK_MODEL);
  if (!served) return `Serve ${model}: it needs no comparison.`;
  const hits = `${formatShare(served.hitRate)} of users find something they went on to in its list`;
  return model === FALLBACK_MODEL || !popularity
    ? `Serve ${model}: no model is better beyond chance on enough users; ${hits}.`
    : `Serve ${model}: ${hits}, against ${formatShare(popularity.hitRate)} with popular products.`;
}

function familyAdvice(
  rows: ModelAdviceFigures["rows"],
  family: readonly string[],
  served: string,
): string[] {
  const members = rows.filter(({ model }) => family.includes(model));
  if (members.length === 0) return [];
  const best = bestBy(members, ({ ndcg }) => ndcg);
  if (best.ndcg === 0) return [];
  const own = rows.find(({ model }) => model === served);
  if (best.model === served || !own) return [];
  const times = own.ndcg > 0 ? `, ${formatShare(best.ndcg / own.ndcg)} of that of ${served}` : "";
  return [
    `If it must be an SVD, take ${best.model}: its NDCG is ${formatMetric(best.ndcg)}${times}.`,
  ];
}

function newcomerAdvice(parts: readonly PartCounts[]): string {
  const test = parts.find(({ part }) => part === "test");
  return test && test.users > 0
    ? `Keep a good list of popular products: ${
      formatShare(test.newUsers / test.users)
    } of the test window's users are new and see nothing else.`
    : "Keep a good list of popular products: new users see nothing else.";
}

function historyAdvice(groups: readonly GroupFigures[], model: string): string[] {
  const own = withHistory(groups, model);
  if (own.length < 2) return [];
  const best = bestBy(own, ({ mean }) => mean);
  if (best.mean === 0) return [];
  return [
    `Expect most from users with a history of ${
      eventsText(best.group)
    }: for them, ${model} has an NDCG of ${formatMetric(best.mean)}.`,
  ];
}
