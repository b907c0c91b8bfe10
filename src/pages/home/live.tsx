import { formatCount, formatNumber } from "../../base/format.ts";
import type { Site } from "../visit/site.ts";
import { latencyBetween, type Sample } from "../figures/samples.ts";
import { Sparkline } from "./sparkline.tsx";
import { warningsFor } from "../figures/warnings.ts";

/** How many minutes the charts show. */
const MINUTES = 10;
/** A list's latency is that of the lists of a minute. */
const LATENCY_SAMPLES = 12;
const SLOW_SHARE = .99;

/** What changes while somebody looks: warnings, and the figures of the last minutes. */
export function Live({ samples, api: { shop } }: Pick<Site, "samples" | "api">) {
  const warnings = warningsFor({ samples, manifest: shop.artifact.manifest, now: Date.now() });
  return (
    <div id="live" hx-get="live" hx-trigger="every 5s" hx-swap="outerHTML">
      {warnings.length === 0
        ? <p class="well">No warnings.</p>
        : (
          <ul class="warnings" aria-label="Warnings">
            {warnings.map(({ alert, summary, action }) => (
              <li>
                <strong>{summary}</strong> {action} <code>{alert}</code>
              </li>
            ))}
          </ul>
        )}
      <Charts samples={samples.last(MINUTES)} />
    </div>
  );
}

function Charts({ samples }: { samples: readonly Sample[] }) {
  const steps = samples.slice(1).map((after, i) => ({ before: samples[i], after }));
  const latest = samples.at(-1);
  if (!latest || steps.length === 0) {
    return (
      <p class="faint">
        The service has just begun to collect these figures; the first ones appear in five seconds.
      </p>
    );
  }
  const rate = (name: "requests" | "eventsStored") =>
    steps.map(({ before, after }) =>
      1000 * (after[name] - before[name]) / (after.time - before.time)
    );
  const latencies = samples.map((after, i) =>
    latencyBetween(samples[Math.max(0, i - LATENCY_SAMPLES)], after, SLOW_SHARE)
  );
  const [requests, events] = [rate("requests"), rate("eventsStored")];
  const [first] = samples;
  const minutes = (latest.time - first.time) / 60_000;
  const span = `the last ${minutes < 1.5 ? "minute" : `${Math.round(minutes)} minutes`}`;
  const grown = (name: "requests" | "eventsStored") => formatCount(latest[name] - first[name]);
  const slow = latencies.findLast((seconds) => seconds !== undefined);
  return (
    <div class="sparks">
      <Sparkline
        title="Requests"
        values={requests}
        latest={`${formatNumber(requests[requests.length - 1])} a second`}
        note={`${grown("requests")} in ${span}`}
      />
      <Sparkline
        title="Time per list"
        values={latencies.slice(1)}
        latest={slow === undefined ? "no list yet" : `up to ${durationText(slow)}`}
        note="for 99 of 100 lists over the API, by the minute"
      />
      <Sparkline
        title="Events"
        values={events}
        latest={`${formatNumber(events[events.length - 1])} a second`}
        note={latest.eventsStored === 0
          ? "None since the service started"
          : `${grown("eventsStored")} stored in ${span}`}
      />
    </div>
  );
}

/** `2.5 ms`, `1 s`; the last bucket is open. */
function durationText(seconds: number): string {
  if (seconds === Infinity) return "more than 10 s";
  return seconds < 1 ? `${formatNumber(1000 * seconds)} ms` : `${formatNumber(seconds)} s`;
}
