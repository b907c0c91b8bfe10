import type { GateResult, GateTest } from "../artifact/evaluation_facts.ts";
import { FALLBACK_MODEL } from "../artifact/manifest.ts";
import { formatCounted } from "../base/format.ts";
import { formatPValue, percentileInterval } from "../evaluation/bootstrap.ts";
import { bootstrapMeans } from "../linalg/bootstrap.ts";
import { pValuesAgainst } from "../evaluation/certainty.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";

/** The level of the tests: a difference with a p-value above it counts as noise. */
const LEVEL = 0.05;

/**
 * The fewest users to decide by. With fewer, resampling underestimates the noise: of two equally
 * good models one passes in up to 8% of cases with five users, in 4.5% with thirty, not in 2.5%.
 */
export const MIN_USERS = 50;

/**
 * Passes a candidate only if on the test window, measured on at least {@linkcode MIN_USERS} users,
 * it beats popularity and the served model beyond noise. It was chosen on another window, so its
 * figures there aren't the luck of the best of many.
 *
 * @param test Evaluations of all models on the test window. P-values are corrected for their
 * number, as in the table that compares them.
 * @param served The currently served model, if any.
 */
export function passGate(
  test: readonly Evaluation[],
  candidate: string,
  served?: string,
): GateResult {
  const named = (name: string) => test.find(({ model }) => model === name)?.tasks.new;
  const own = named(candidate);
  const users = own?.users ?? 0;
  const rivals = [...new Set([FALLBACK_MODEL, served])].flatMap((name) => {
    const other = name === undefined || name === candidate ? undefined : named(name);
    return name === undefined || other === undefined ? [] : [{ name, other }];
  });
  const isDecidable = users >= MIN_USERS || (users > 0 && rivals.length === 0);
  if (own === undefined || !isDecidable) return { candidate, passed: false, users, tests: [] };

  const tests = rivals.map(({ name, other }): GateTest => {
    const pValue = pValuesAgainst(name, test, "new").get(candidate)!;
    const [means, otherMeans] = bootstrapMeans([own.perUser.ndcg, other.perUser.ndcg]);
    return {
      against: name,
      candidate: own.ndcg,
      other: other.ndcg,
      ...percentileInterval(means.map((mean, sample) => mean - otherMeans[sample])),
      pValue,
      passed: own.ndcg > other.ndcg && pValue <= LEVEL,
    };
  });
  const passed = tests.every(({ passed }) => passed);
  return { candidate, passed, users, comparisons: test.length - 1, tests };
}

/** The reason in words, with the figures. */
export function explainGate(
  { candidate, passed, users = 0, comparisons, tests }: GateResult,
): string {
  if (tests.length === 0) {
    if (passed) return `${candidate} has nothing to beat on the test window`;
    return users === 0
      ? `${candidate} could not be measured on the test window`
      : `the test window has only ${formatCounted(users, "user")} to measure, the gate needs ` +
        `${MIN_USERS}: use events of more days, or a longer window (--test-days)`;
  }
  const parts = tests.map((test) =>
    `${test.passed ? "beats" : "does not beat"} ${test.against} beyond noise ` +
    `(NDCG ${test.candidate.toFixed(4)} against ${test.other.toFixed(4)}, ` +
    `difference ${test.low.toFixed(4)} to ${test.high.toFixed(4)}, p ${
      formatPValue(test.pValue, { tests: comparisons })
    })`
  );
  return `on the test window ${candidate} ${parts.join(" and ")}; ` +
    "p corrected for all models compared (Holm)";
}
