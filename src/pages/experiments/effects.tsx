import type { Arm, MetricName, Report } from "./answers.ts";
import { IntervalBar } from "./interval_bar.tsx";
import {
  boundsText,
  differenceText,
  METRIC_ORDER,
  METRIC_WORDS,
  signed,
  valueText,
} from "./metric_words.ts";
import { formatShare } from "../../base/format.ts";
import { verdictOf } from "./verdict.ts";

/** What each arm has more than the control, a card for each metric; nothing without users. */
export function Effects({ report: { results, sampleRatio } }: { report: Report }) {
  const [control, ...others] = results;
  if (results.every(({ users }) => users === 0)) return null;
  return (
    <>
      {others.map((arm) => (
        <section aria-labelledby={`arm-${arm.name}`}>
          <h2 id={`arm-${arm.name}`}>{arm.name} against {control.name}</h2>
          <div class="sparks">
            {METRIC_ORDER.map((metric) => (
              <Card
                {...{ metric, arm, control }}
                isOff={sampleRatio.isOff}
                largest={largestOf(others, metric)}
              />
            ))}
          </div>
        </section>
      ))}
      <p class="faint">
        The bars are the intervals of the differences, with 0 in the middle. You may look every day
        and stop as soon as the metric that decides is certain: name it before the start. The
        intervals of a metric ever miss the truth with a chance of at most 5%.
      </p>
    </>
  );
}

function Card({ metric, arm, control, isOff, largest }: {
  metric: MetricName;
  arm: Arm;
  control: Arm;
  isOff: boolean;
  largest: number;
}) {
  const { value, standardError, effect } = arm.metrics[metric];
  const { difference: { estimate = 0, low, high } = {}, relative } = effect ?? {};
  const { value: before, standardError: errorBefore } = control.metrics[metric];
  const areAlike = standardError === 0 && errorBefore === 0;
  const { text, kind } = verdictOf(metric, effect, { isOff, areAlike });
  return (
    <div class="spark">
      <h3>{METRIC_WORDS[metric].title}</h3>
      <p class="figure">{effect ? signed(estimate, differenceText(metric, estimate)) : "–"}</p>
      {effect && <IntervalBar effect={effect} kind={kind} largest={largest} />}
      <p>
        {kind === "open"
          ? text
          : <strong class={kind === "better" ? "well" : "error"}>{text}</strong>}
      </p>
      {low !== undefined && high !== undefined &&
        <p class="faint">From {boundsText(metric, low, high)}.</p>}
      {value !== undefined && before !== undefined && (
        <p class="faint">
          {arm.name} has {valueText(metric, value)}, {control.name} {valueText(metric, before)}
          {relative && `: ${signed(relative.estimate, formatShare(relative.estimate))}`}.
        </p>
      )}
    </div>
  );
}

/** The largest bound of a metric, so that arms share a scale. */
function largestOf(arms: readonly Arm[], metric: MetricName): number {
  const bounds = arms.flatMap(({ metrics }) => {
    const { estimate = 0, low = 0, high = 0 } = metrics[metric].effect?.difference ?? {};
    return [estimate, low, high].map(Math.abs);
  });
  // So that an interval ends before the drawing, and one without bounds doesn't.
  return 1.1 * Math.max(...bounds);
}
