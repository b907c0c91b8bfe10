import type { GateResult, GateTest } from "../artifact/evaluation_facts.ts";
import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import { bootstrapMeans, holm, pairedPValue, percentileInterval } from "../evaluation/bootstrap.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";

/** The level of the tests: a difference with a p-value above it counts as noise. */
const LEVEL = 0.05;

/**
 * Passes a candidate only if on the test window it beats popularity and the served model beyond
 * noise. It was chosen on another window, so the test is of one model, not of the luckiest of many.
 *
 * @param test Evaluations on the test window, including the candidate's.
 * @param served The currently served model, if any.
 */
export function passGate(
  test: readonly Evaluation[],
  candidate: string,
  served?: string,
): GateResult {
  const [own, ...others] = [...new Set([candidate, FALLBACK_MODEL, served])].flatMap((name) =>
    test.filter(({ model }) => model === name)
  ).map(({ model, tasks }) => ({ model, ...tasks.new }));
  if (own?.model !== candidate || own.users === 0) return { candidate, passed: false, tests: [] };

  const [means, ...otherMeans] = bootstrapMeans(
    [own, ...others].map(({ perUser }) => perUser.ndcg),
  );
  const pValues = holm(otherMeans.map((other) => pairedPValue(means, other)));
  const tests = others.map(({ model, ndcg }, i): GateTest => ({
    against: model,
    candidate: own.ndcg,
    other: ndcg,
    ...percentileInterval(means.map((mean, sample) => mean - otherMeans[i][sample])),
    pValue: pValues[i],
    passed: own.ndcg > ndcg && pValues[i] <= LEVEL,
  }));
  return { candidate, passed: tests.every(({ passed }) => passed), tests };
}

/** The reason in words, with the figures. */
export function explainGate({ candidate, passed, tests }: GateResult): string {
  if (tests.length === 0) {
    return passed
      ? `${candidate} has nothing to beat on the test window`
      : `${candidate} could not be measured on the test window`;
  }
  const parts = tests.map((test) =>
    `${test.passed ? "beats" : "does not beat"} ${test.against} beyond noise ` +
    `(NDCG ${test.candidate.toFixed(4)} against ${test.other.toFixed(4)}, ` +
    `difference ${test.low.toFixed(4)} to ${test.high.toFixed(4)}, p ${test.pValue.toFixed(3)})`
  );
  return `on the test window ${candidate} ${parts.join(" and ")}`;
}
