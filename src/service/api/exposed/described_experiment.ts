import type { z } from "zod";
import { isoTime } from "../../../base/time.ts";
import type { Effect, Interval } from "../../../experiments/effect.ts";
import { METRIC_NAMES } from "../../../experiments/report/arm_sums.ts";
import type { ExperimentReport, MetricReport } from "../../../experiments/report/report.ts";
import { nearestName } from "../../../base/nearest_name.ts";
import { STATUS_CODE } from "../../../base/std/http.ts";
import type { ShopExperiments } from "../../experiments/shop_experiments.ts";
import { ProblemError } from "../../http/problem.ts";
import type { experimentAnswer, experimentReportAnswer } from "../../schema/experiment_answers.ts";
import type { Immutable } from "../../schema/immutable.ts";
import type { Experiment } from "../../store/entries/shop_rules.ts";

/**
 * An experiment by name.
 *
 * @throws {ProblemError} 404 if there is none; names the nearest.
 */
export function findExperiment(name: string, { all }: ShopExperiments): Experiment {
  const experiment = all.get(name);
  if (experiment) return experiment;
  const nearest = nearestName(name, [...all.keys()]);
  throw new ProblemError({
    status: STATUS_CODE.NotFound,
    detail: "No experiment has this name; " +
      (nearest === undefined ? "GET /experiments lists all" : `did you mean ${nearest}?`),
    parameter: "name",
  });
}

/**
 * An experiment as the API answers it.
 *
 * @param now Milliseconds since 1970-01-01 UTC.
 */
export function describeExperiment(
  name: string,
  { experiments, now }: { readonly experiments: ShopExperiments; readonly now: number },
): Immutable<z.output<typeof experimentAnswer>> {
  const { start, stop, ...rest } = findExperiment(name, experiments);
  const faults = experiments.faultsOf(name);
  const state = stop !== undefined && stop <= now
    ? "stopped"
    : faults.length > 0
    ? "invalid"
    : start !== undefined && start > now
    ? "planned"
    : "running";
  return {
    name,
    ...rest,
    ...(start !== undefined && { start: isoTime(start / 1000) }),
    ...(stop !== undefined && { stop: isoTime(stop / 1000) }),
    source: experiments.ofFile.has(name) ? "file" : "put",
    state,
    faults,
  };
}

type ArmAnswers = Immutable<z.output<typeof experimentReportAnswer>>["results"];

/** The arms of a report as the API answers them: JSON has no infinity. */
export function describeArms({ arms }: ExperimentReport): ArmAnswers {
  return arms.map(({ metrics, ...arm }) => ({
    ...arm,
    metrics: Object.fromEntries(
      METRIC_NAMES.map((name) => [name, describeMetric(metrics[name])]),
    ) as ArmAnswers[number]["metrics"],
  }));
}

function describeMetric({ effect, ...metric }: MetricReport) {
  return { ...metric, ...(effect && { effect: describeEffect(effect) }) };
}

function describeEffect({ difference, relative, isCertain }: Effect) {
  return {
    difference: bounded(difference),
    ...(relative && { relative: bounded(relative) }),
    isCertain,
  };
}

function bounded({ estimate, low, high }: Interval) {
  return Number.isFinite(low) ? { estimate, low, high } : { estimate };
}
