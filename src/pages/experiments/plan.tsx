import { formatCount } from "../../base/format.ts";
import type { Report } from "./answers.ts";
import { differenceText, METRIC_ORDER, METRIC_WORDS, valueText } from "./metric_words.ts";

/** What an experiment without users can find. */
export function Plan({ report: { plan, results } }: { report: Report }) {
  if (results.some(({ users }) => users > 0)) return null;
  return (
    <section aria-labelledby="plan">
      <h2 id="plan">What it can find</h2>
      {plan ? <Detectable plan={plan} /> : (
        <p>
          Nobody was shown its lists yet, so nothing says how large a difference has to be.
        </p>
      )}
    </section>
  );
}

function Detectable({ plan: { users, metrics } }: { plan: NonNullable<Report["plan"]> }) {
  return (
    <>
      <p>
        If as many users come as before, {formatCount(users)}{" "}
        take part. A true difference of this size or larger is then found four times in five:
      </p>
      <ul>
        {METRIC_ORDER.map((metric) => (
          <li>
            {METRIC_WORDS[metric].title}: {detectableText(metric, metrics[metric])}
          </li>
        ))}
      </ul>
    </>
  );
}

function detectableText(
  metric: typeof METRIC_ORDER[number],
  found: { readonly value: number; readonly detectable: number } | undefined,
): string {
  if (!found) return "unknown, since all users did the same";
  const { value, detectable } = found;
  if (METRIC_WORDS[metric].isShare && detectable > Math.max(value, 1 - value)) {
    return `none, with so few users; now ${valueText(metric, value)}`;
  }
  return `${differenceText(metric, detectable)}, now ${valueText(metric, value)}`;
}
