import { formatCounted } from "../base/format.ts";
import { minuteText } from "../base/time.ts";
import type { Evaluation } from "../evaluation/evaluate.ts";
import type { Protocol } from "../evaluation/holdout.ts";
import type { Comparison } from "./compare_models.ts";

/**
 * Why a comparison can't say which model is best, and which options help.
 *
 * @returns `undefined` if users were measured at new products on both windows.
 */
export function unmeasuredReason(
  { split, protocol, validation, test }: Pick<
    Comparison,
    "split" | "protocol" | "validation" | "test"
  >,
): string | undefined {
  const { validationStart, testStart } = split;
  const to = split.test.times.reduce((latest, time) => Math.max(latest, time), testStart);
  const reason = reasonFor(validation, protocol, {
    name: "validation",
    span: spanText(validationStart, testStart),
  }) ?? reasonFor(test, protocol, { name: "test", span: spanText(testStart, to) });
  if (reason === undefined) return undefined;
  const remedy = protocol === "window" ? ", or measure the next item (--evaluate next-item)" : "";
  return `${reason}; use events of more days (--events, --month), longer windows ` +
    `(--validation-days, --test-days)${remedy}`;
}

function reasonFor(
  evaluations: readonly Evaluation[],
  protocol: Protocol,
  { name, span }: { name: string; span: string },
): string | undefined {
  if (evaluations.some(({ tasks }) => tasks.new.users > 0)) return undefined;
  const window = `the ${name} window, ${span},`;
  if (evaluations.length === 0) return `${window} has no events`;
  const { measurable, withoutHistory } = evaluations[0].population;
  if (measurable > 0) return `no user of ${window} goes on to a product that is new to them`;
  return protocol === "window"
    ? `${window} has ${formatCounted(withoutHistory, "user")}, none with an earlier event`
    : `${window} has ${
      formatCounted(withoutHistory, "session (user)", "sessions (users)")
    }, none ` +
      "with a second event";
}

function spanText(from: number, to: number): string {
  return `${minuteText(from)} to ${minuteText(to)} UTC`;
}
