import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import { bootstrapMeans, holm, pairedPValue, percentileInterval } from "../evaluation/bootstrap.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";

/** How a candidate did against one model that it has to beat, in NDCG for new products on the test window. */
export interface GateTest {
  readonly against: string;
  readonly candidate: number;
  readonly other: number;
  /** 95% interval of the difference, candidate less other: paired bootstrap over users. */
  readonly low: number;
  readonly high: number;
  /** Two-sided, corrected by Holm's method for the number of tests. */
  readonly pValue: number;
  readonly passed: boolean;
}

/** Whether a candidate may become the default, and on what grounds. */
export interface GateResult {
  readonly candidate: string;
  readonly passed: boolean;
  /** Against popularity and against the served model, those of them that are not the candidate itself. */
  readonly tests: readonly GateTest[];
}

/** A difference counts when chance would make one as large less often than this. */
const LEVEL = 0.05;

/**
 * Lets a candidate pass only if on the test window it beats popularity and the model that is served now beyond
 * noise. It was chosen on another window, so the test is of a single model, not of the luckiest of many.
 *
 * @param test Evaluations on the test window, the candidate's among them.
 * @param served The model served now, if there is one.
 */
export function passGate(
  test: readonly Evaluation[],
  candidate: string,
  served?: string,
): GateResult {
  const others = [...new Set([FALLBACK_MODEL, served])].filter((name) =>
    name !== undefined && name !== candidate && test.some(({ model }) => model === name)
  ) as string[];
  const evaluations = [candidate, ...others].map((name) =>
    test.find(({ model }) => model === name)?.tasks.new
  );
  const [own] = evaluations;
  if (!own || own.users === 0) return { candidate, passed: false, tests: [] };

  const columns = evaluations.map((result) => result?.perUser.ndcg ?? own.perUser.ndcg);
  const [means, ...otherMeans] = bootstrapMeans(columns);
  const pValues = holm(otherMeans.map((other) => pairedPValue(means, other)));
  const tests = others.map((against, i): GateTest => {
    const other = evaluations[i + 1]?.ndcg ?? NaN;
    return {
      against,
      candidate: own.ndcg,
      other,
      ...percentileInterval(means.map((mean, sample) => mean - otherMeans[i][sample])),
      pValue: pValues[i],
      passed: own.ndcg > other && pValues[i] <= LEVEL,
    };
  });
  return { candidate, passed: tests.every(({ passed }) => passed), tests };
}

/** The grounds in words, with the figures. */
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
