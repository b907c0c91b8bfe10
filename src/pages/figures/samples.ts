import type { ApiContext } from "../../service/api/route.ts";
import { type MetricSeries, readMetrics, type Series } from "./metrics_text.ts";

/** The service's figures at one moment; counters are totals since the process started. */
export interface Sample {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly requests: number;
  /** Requests that failed: status 5xx. */
  readonly failed: number;
  /** Requests that were turned away: status 429 or 503. */
  readonly turnedAway: number;
  readonly lists: number;
  /** Lists that are personalized, at least in part. */
  readonly personalized: number;
  readonly eventsStored: number;
  readonly eventsRefused: number;
  readonly storeErrors: number;
  readonly historyErrors: number;
  /** Requests for users' lists by their duration: how many took up to each bound, in seconds. */
  readonly listsWithin: readonly Bucket[];
}

/** How many requests took at most `bound` seconds. */
export interface Bucket {
  readonly bound: number;
  readonly count: number;
}

/** Milliseconds between samples, and how many are kept: an hour. */
const EVERY_MS = 5000;
const MOST = 721;

/**
 * The service's figures of the last hour, sampled from the first visit to a page on: a service that
 * nobody looks at takes no samples.
 */
export class Samples implements Disposable {
  readonly #samples: Sample[] = [];
  readonly #timer: ReturnType<typeof setInterval>;

  constructor({ shop: { metrics } }: Pick<ApiContext, "shop">) {
    const take = () => this.add(sampleOf(readMetrics(metrics.toText(NO_GAUGES))));
    take();
    this.#timer = setInterval(take, EVERY_MS);
    // Looking at figures doesn't keep a process alive.
    this.#timer.unref();
  }

  /** Adds the latest sample. */
  add(sample: Sample): void {
    this.#samples.push(sample);
    if (this.#samples.length > MOST) this.#samples.shift();
  }

  /** The samples of the last minutes, oldest first; fewer if the first visit was later. */
  last(minutes: number): readonly Sample[] {
    return this.#samples.slice(-(minutes * 60_000 / EVERY_MS + 1));
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** Gauges aren't sampled. */
const NO_GAUGES = { version: "", defaultModel: "", created: "", inFlight: 0 };

/** The figures that pages show, from the service's metrics. */
export function sampleOf(metrics: MetricSeries, time = Date.now()): Sample {
  const total = (name: string, counts: (labels: Series["labels"]) => boolean = () => true) =>
    (metrics.get(name) ?? []).filter(({ labels }) => counts(labels))
      .reduce((sum, { value }) => sum + value, 0);
  const requests = (statuses: RegExp) =>
    total("recommender_requests_total", ({ status }) => statuses.test(status));
  return {
    time,
    requests: requests(/./),
    failed: requests(/^5/),
    turnedAway: requests(/^(429|503)$/),
    lists: total("recommender_lists_total"),
    personalized: total("recommender_lists_total", ({ strategy }) => strategy !== "popular"),
    eventsStored: total("recommender_events_stored_total"),
    eventsRefused: total("recommender_events_refused_total"),
    storeErrors: total("recommender_store_errors_total"),
    historyErrors: total("recommender_history_errors_total"),
    listsWithin: (metrics.get("recommender_request_duration_seconds_bucket") ?? [])
      .filter(({ labels }) => labels.route === "/recommend/{userId}" && labels.method === "GET")
      .map(({ labels, value }) => ({
        bound: labels.le === "+Inf" ? Infinity : Number(labels.le),
        count: value,
      })),
  };
}

/**
 * The duration that a share of the lists stayed below, in seconds: the bound of the bucket that
 * holds it. Undefined if there was no list in between.
 */
export function latencyBetween(before: Sample, after: Sample, share: number): number | undefined {
  const counts = after.listsWithin.map(({ bound, count }) => ({
    bound,
    count: count - (before.listsWithin.find((bucket) => bucket.bound === bound)?.count ?? 0),
  }));
  const total = counts.at(-1)?.count ?? 0;
  return total > 0 ? counts.find(({ count }) => count >= share * total)?.bound : undefined;
}
