import { detectableEffect } from "../detectable_effect.ts";
import { type Effect, effectOf } from "../effect.ts";
import { type Estimate, meansOf, ratioOf } from "../estimates.ts";
import { sampleRatioPValue } from "../sample_ratio.ts";
import {
  type ArmSums,
  EXPERIMENT_METRICS,
  type ExperimentMetric,
  METRIC_NAMES,
} from "./arm_sums.ts";

/** The chance that the interval of a metric ever misses the truth, for all arms together. */
const ALPHA = 0.05;

/** A p-value of arms' sizes that is an alarm; it has a chance of 1 in 100 to ever be wrong. */
const SAMPLE_RATIO_ALARM = 0.01;

/** An arm that was measured. */
export interface MeasuredArm {
  readonly name: string;
  /** The share of users that it should have; absent for those who never take part. */
  readonly share?: number;
  readonly sums: ArmSums;
}

/** A metric of an arm. */
export interface MetricReport {
  /** Undefined without users or lists. */
  readonly value?: number;
  /** Undefined with fewer than two users. */
  readonly standardError?: number;
  /** What the arm has more than the control; absent in the control, and where there is no value. */
  readonly effect?: Effect;
}

/** What an arm brought. */
export interface ArmReport {
  readonly name: string;
  readonly share?: number;
  readonly users: number;
  readonly lists: number;
  /** Lists of which a product was clicked, put into the cart, bought. */
  readonly clicked: number;
  readonly carted: number;
  readonly bought: number;
  readonly metrics: Readonly<Record<ExperimentMetric, MetricReport>>;
}

/** What an experiment found so far; it may be looked at at any time. */
export interface ExperimentReport {
  /** The control first. */
  readonly arms: readonly ArmReport[];
  /** Whether arms have the shares of users that they should. */
  readonly sampleRatio: { readonly pValue: number; readonly isOff: boolean };
}

/**
 * What an experiment found so far. Means over users have less variance by what users did before
 * their first list (CUPED); ratios have theirs by the delta method. Each metric's intervals miss
 * the truth of any arm, at any time, with a chance of at most 5%.
 *
 * @param arms The control first; at least two.
 */
export function reportExperiment(arms: readonly MeasuredArm[]): ExperimentReport {
  const alpha = ALPHA / (arms.length - 1);
  const byMetric = new Map(
    METRIC_NAMES.map((name) => [name, metricReports(name, arms.map(({ sums }) => sums), alpha)]),
  );
  const assigned = arms.filter(({ share }) => share !== undefined);
  const pValue = sampleRatioPValue(
    assigned.map(({ sums }) => sums.users),
    assigned.map(({ share }) => share!),
  );
  return {
    arms: arms.map(({ name, share, sums }, i) => ({
      name,
      ...(share !== undefined && { share }),
      users: sums.users,
      lists: sums.sum("lists"),
      clicked: sums.sum("clicked"),
      carted: sums.sum("carted"),
      bought: sums.sum("bought"),
      metrics: Object.fromEntries(
        METRIC_NAMES.map((metric) => [metric, byMetric.get(metric)![i]]),
      ) as Record<ExperimentMetric, MetricReport>,
    })),
    sampleRatio: { pValue, isOff: pValue < SAMPLE_RATIO_ALARM },
  };
}

function metricReports(
  name: ExperimentMetric,
  arms: readonly ArmSums[],
  alpha: number,
): MetricReport[] {
  const { per } = EXPERIMENT_METRICS[name];
  const estimates = estimatesOf(name, arms).map((estimate) => scaled(estimate, per));
  const [control] = estimates;
  return estimates.map((estimate, i) => {
    if (!Number.isFinite(estimate.value)) return {};
    const { value, variance } = estimate;
    const isComparable = i > 0 && Number.isFinite(control.variance) && Number.isFinite(variance);
    return {
      value,
      ...(Number.isFinite(variance) && { standardError: Math.sqrt(variance) }),
      ...(isComparable && { effect: effectOf(control, estimate, { alpha }) }),
    };
  });
}

function scaled({ value, variance, units }: Estimate, by: number): Estimate {
  return { value: by * value, variance: by ** 2 * variance, units };
}

/** The metric of each arm; not a number without users or lists. */
function estimatesOf(name: ExperimentMetric, arms: readonly ArmSums[]): Estimate[] {
  const metric = EXPERIMENT_METRICS[name];
  if (metric.kind === "ratio") return arms.map((arm) => ratioOf(arm.ratio(metric)));
  const withUsers = arms.filter(({ users }) => users > 0);
  const means = withUsers.length > 0 ? meansOf(withUsers.map((arm) => arm.mean(metric))) : [];
  return arms.map((arm) =>
    means[withUsers.indexOf(arm)] ?? { value: NaN, variance: NaN, units: 0 }
  );
}

/** What an experiment can find, judging by what happened without it. */
export interface ExperimentPlan {
  /** Users who would take part. */
  readonly users: number;
  /**
   * By metric, its value now and the smallest true difference that is found with a power of 80%;
   * undefined where nothing happened that says how much users differ.
   */
  readonly metrics: Readonly<
    Record<ExperimentMetric, { readonly value: number; readonly detectable: number } | undefined>
  >;
}

/**
 * What an experiment can find, if users do as much as they did before.
 *
 * @param before The users who were shown its lists in a time as long as it is to run.
 * @param options `share`: the part of users who take part. `arm`: the part of these in the smallest
 *   arm. `arms`: how many there are.
 */
export function planExperiment(
  before: ArmSums,
  { share, arm, arms }: { readonly share: number; readonly arm: number; readonly arms: number },
): ExperimentPlan {
  // An arm is compared to the control alone.
  const users = Math.floor(share * before.users);
  const units = Math.floor(users * Math.min(1, 2 * arm));
  return {
    users,
    metrics: Object.fromEntries(METRIC_NAMES.map((name) => {
      const { per } = EXPERIMENT_METRICS[name];
      const [{ value, variance }] = estimatesOf(name, [before]);
      if (units < 2 || !(variance > 0)) return [name, undefined];
      const detectable = detectableEffect({
        ...{ units, variance: variance * before.users },
        alpha: ALPHA / (arms - 1),
      });
      return [name, { value: per * value, detectable: per * detectable }];
    })) as ExperimentPlan["metrics"],
  };
}
