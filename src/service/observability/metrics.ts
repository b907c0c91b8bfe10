import { type Count, Counter, gaugeText } from "./counter.ts";
import { Found } from "./found.ts";
import { Histogram, type Spread } from "./histogram.ts";

/** A request that was answered, without anything of whoever asked. */
export interface Answered {
  readonly method: string;
  /** The route's path with its braces; absent where the request went nowhere. */
  readonly route: string | undefined;
  readonly status: number;
  /** Until the answer was there to be sent. */
  readonly seconds: number;
}

/** What is only known at the moment that it is asked for. */
export interface Moment {
  readonly version: string;
  readonly defaultModel: string;
  /** When the artifact was made, ISO 8601. */
  readonly created: string;
  readonly inFlight: number;
}

/** Those that are counted by name; there are as many others as callers make up. */
export const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

/** In seconds: from a list out of memory to whoever gives up waiting. */
const LATENCIES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts what the service does; goes on over reloads. Holds no id of anybody or anything. */
export class Metrics {
  readonly #requests = new Counter("recommender_requests_total", "Requests answered");
  readonly #latencies = new Histogram(
    "recommender_request_duration_seconds",
    "Time until an answer was there to be sent",
    LATENCIES,
  );
  readonly #lists = new Counter("recommender_lists_total", "Lists that somebody got");
  readonly #kept = new Counter(
    "recommender_lists_kept_total",
    "Of these lists, those answered as they were kept, since nothing had changed",
  );
  readonly #stored = new Counter("recommender_events_stored_total", "Events stored");
  readonly #duplicates = new Counter(
    "recommender_events_duplicate_total",
    "Events that were stored before",
  );
  readonly #refused = new Counter("recommender_events_refused_total", "Events that broke a rule");
  readonly #storeErrors = new Counter(
    "recommender_store_errors_total",
    "Times that the store couldn't be used",
  );
  readonly #linesLost = new Counter(
    "recommender_log_lines_lost_total",
    "Lines of the access log that nobody read in time or that couldn't be written",
  );

  /** The series of each kind of answer and list, found without putting their labels together again. */
  readonly #answers = new Found(
    (route: string, method: string, status: number): { requests: Count; latencies: Spread } => ({
      requests: this.#requests.series({ route, method, status }),
      latencies: this.#latencies.series({ route, method }),
    }),
  );
  readonly #listsMade = new Found(
    (model: string, strategy: string) => this.#lists.series({ model, strategy }),
  );
  readonly #keptSeries = this.#kept.series({});

  /** Those without labels, which begin at 0. */
  readonly #totals: readonly Counter[] = [
    this.#kept,
    this.#stored,
    this.#duplicates,
    this.#refused,
    this.#storeErrors,
    this.#linesLost,
  ];

  constructor() {
    for (const counter of this.#totals) counter.add({}, 0);
  }

  /** Counts an answer in. What a caller can make up is counted as `other`. */
  answered({ method: sent, route = "other", status, seconds }: Answered): void {
    const method = METHODS.includes(sent) ? sent : "other";
    const series = this.#answers.get(route, method, status);
    series.requests.value++;
    this.#latencies.count(series.latencies, seconds);
  }

  /** Counts in that a user or visitor got a list. */
  listMade({ model, strategy }: { model: string; strategy: string }): void {
    this.#listsMade.get(model, strategy).value++;
  }

  /** Counts in that a list was answered as it was kept. */
  listKept(): void {
    this.#keptSeries.value++;
  }

  /** Counts in what became of events. */
  eventsTaken(
    { stored, duplicates, refused }: { stored: number; duplicates: number; refused: number },
  ): void {
    this.#stored.add({}, stored);
    this.#duplicates.add({}, duplicates);
    this.#refused.add({}, refused);
  }

  /** Counts in that the store couldn't be used. */
  storeFailed(): void {
    this.#storeErrors.add();
  }

  /** Counts in that lines of the access log were lost. */
  linesLost(lines: number): void {
    this.#linesLost.add({}, lines);
  }

  /** All of it in Prometheus' text format 0.0.4. */
  toText({ version, defaultModel, created, inFlight }: Moment): string {
    const createdSeconds = Date.parse(created) / 1000;
    const age = Date.now() / 1000 - createdSeconds;
    return [
      this.#requests,
      this.#latencies,
      this.#lists,
      ...this.#totals,
    ].map((metric) => metric.toText()).join("") +
      gaugeText("recommender_requests_in_flight", "Requests worked on now", inFlight) +
      gaugeText("recommender_artifact_info", "The artifact served; always 1", 1, {
        version,
        model: defaultModel,
      }) +
      gaugeText(
        "recommender_artifact_created_timestamp_seconds",
        "When the artifact was made, since 1970",
        createdSeconds,
      ) +
      gaugeText("recommender_artifact_age_seconds", "How old the artifact is", age) +
      gaugeText("process_resident_memory_bytes", "Memory in use", Deno.memoryUsage().rss) +
      gaugeText(
        "process_start_time_seconds",
        "When the process started, since 1970",
        performance.timeOrigin / 1000,
      );
  }
}
