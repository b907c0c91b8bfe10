import { type Count, Counter, gaugeText } from "./counter.ts";
import { Histogram, type Spread } from "./histogram.ts";
import { Memo } from "./memo.ts";
import { OnlineMetrics } from "./online_metrics.ts";

/** A request that was answered, with nothing that identifies its sender. */
export interface Answered {
  readonly method: string;
  /** The route's path with its braces; absent if no route matched. */
  readonly route: string | undefined;
  readonly status: number;
  /** From the arrival of the request until its answer was ready to be sent. */
  readonly seconds: number;
}

/** What is counted of a list that was made for a placement. */
export interface CountedPlacement {
  /** Absent for lists that only stored rules made. */
  readonly placement?: string;
  /** The rules that it doesn't meet. */
  readonly unmet: readonly string[];
}

/** Gauges: values read at the moment of a scrape. */
export interface Gauges {
  readonly version: string;
  readonly defaultModel: string;
  /** When the artifact was written, ISO 8601. */
  readonly created: string;
  /** Requests being processed. */
  readonly inFlight: number;
}

/** The methods counted by name; all others are made up by clients and counted together. */
const METHODS: readonly string[] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

/** A method of the API, or `other` for anything else that clients make up, however long. */
export function methodLabel(method: string): string {
  return METHODS.includes(method) ? method : "other";
}

/** Bucket bounds in seconds: from a cached list to a client that gives up waiting. */
const LATENCIES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The service's metrics, which reloads don't reset. Labels never hold ids of users or products. */
export class Metrics {
  /** What comes of lists that have ids. */
  readonly online = new OnlineMetrics();
  readonly #requests = new Counter("recommender_requests_total", "Requests answered");
  readonly #latencies = new Histogram(
    "recommender_request_duration_seconds",
    "Time until an answer was ready to be sent",
    LATENCIES,
  );
  readonly #lists = new Counter("recommender_lists_total", "Lists answered");
  readonly #cached = new Counter(
    "recommender_lists_kept_total",
    "Of these lists, those answered from the cache",
  );
  readonly #placementLists = new Counter(
    "recommender_placement_lists_total",
    "Lists answered for placements",
  );
  readonly #rulesUnmet = new Counter(
    "recommender_rules_unmet_total",
    "Lists in which a rule couldn't be met",
  );
  readonly #stored = new Counter("recommender_events_stored_total", "Events stored");
  readonly #duplicates = new Counter(
    "recommender_events_duplicate_total",
    "Events that were already stored",
  );
  readonly #refused = new Counter("recommender_events_refused_total", "Events that broke a rule");
  readonly #storeErrors = new Counter(
    "recommender_store_errors_total",
    "Failed uses of the store",
  );
  readonly #historyReads = new Histogram(
    "recommender_history_read_duration_seconds",
    "Time to read histories that are apart from the artifact",
    LATENCIES,
  );
  readonly #historyErrors = new Counter(
    "recommender_history_errors_total",
    "Failed reads of histories that are apart from the artifact",
  );
  readonly #exposuresLost = new Counter(
    "recommender_exposures_lost_total",
    "Lists that users were shown but that couldn't be stored",
  );
  readonly #linesLost = new Counter(
    "recommender_log_lines_lost_total",
    "Lines of the access log dropped because writing failed or the reader was too slow",
  );

  /** The series of each kind of answer, found without formatting its labels again. */
  readonly #answers = new Memo(
    (route: string, method: string, status: number): { requests: Count; latencies: Spread } => ({
      requests: this.#requests.series({ route, method, status }),
      latencies: this.#latencies.series({ route, method }),
    }),
  );
  readonly #listSeries = new Memo(
    (model: string, strategy: string) => this.#lists.series({ model, strategy }),
  );
  readonly #placementSeries = new Memo(
    (placement: string) => this.#placementLists.series({ placement }),
  );
  readonly #historySpread = this.#historyReads.series({});
  readonly #cachedSeries = this.#cached.series({});

  /** Counters without labels, which start at 0. */
  readonly #totals: readonly Counter[] = [
    this.#cached,
    this.#stored,
    this.#duplicates,
    this.#refused,
    this.#storeErrors,
    this.#historyErrors,
    this.#exposuresLost,
    this.#linesLost,
  ];

  constructor() {
    for (const counter of this.#totals) counter.add({}, 0);
  }

  /** Counts an answer. What a client can make up is counted as `other`. */
  answered({ method: sent, route = "other", status, seconds }: Answered): void {
    const method = methodLabel(sent);
    const series = this.#answers.get(route, method, status);
    series.requests.value++;
    this.#latencies.count(series.latencies, seconds);
  }

  /** Counts a list that a user or visitor got. */
  listMade({ model, strategy }: { model: string; strategy: string }): void {
    this.#listSeries.get(model, strategy).value++;
  }

  /** Counts a list that was answered for a placement. */
  placementListMade({ placement, unmet }: CountedPlacement): void {
    if (placement !== undefined) this.#placementSeries.get(placement).value++;
    for (const rule of unmet) this.#rulesUnmet.add({ rule });
  }

  /** Counts a list that was answered from the cache. */
  listCached(): void {
    this.#cachedSeries.value++;
  }

  /** Counts what became of the events of a request. */
  eventsTaken(
    { stored, duplicates, refused }: { stored: number; duplicates: number; refused: number },
  ): void {
    this.#stored.add({}, stored);
    this.#duplicates.add({}, duplicates);
    this.#refused.add({}, refused);
  }

  /** Counts a failed use of the store. */
  storeFailed(): void {
    this.#storeErrors.add();
  }

  /** Counts a read of histories that are apart from the artifact, and whether it failed. */
  historyRead(seconds: number, error?: Error): void {
    this.#historyReads.count(this.#historySpread, seconds);
    if (error) this.#historyErrors.add();
  }

  /** Counts lists that users were shown but that couldn't be stored. */
  exposuresLost(lists: number): void {
    this.#exposuresLost.add({}, lists);
  }

  /** Counts dropped lines of the access log. */
  linesLost(lines: number): void {
    this.#linesLost.add({}, lines);
  }

  /** All metrics in the text format 0.0.4 of Prometheus. */
  toText({ version, defaultModel, created, inFlight }: Gauges): string {
    const createdSeconds = Date.parse(created) / 1000;
    const age = Date.now() / 1000 - createdSeconds;
    return [
      this.#requests,
      this.#latencies,
      this.#historyReads,
      this.#lists,
      this.#placementLists,
      this.#rulesUnmet,
      ...this.#totals,
    ].map((metric) => metric.toText()).join("") +
      this.online.toText() +
      gaugeText("recommender_requests_in_flight", "Requests being processed", inFlight) +
      gaugeText("recommender_artifact_info", "The artifact served; always 1", 1, {
        version,
        model: defaultModel,
      }) +
      gaugeText(
        "recommender_artifact_created_timestamp_seconds",
        "When the artifact was written, in seconds since 1970",
        createdSeconds,
      ) +
      gaugeText("recommender_artifact_age_seconds", "Age of the artifact", age) +
      gaugeText("process_resident_memory_bytes", "Resident memory", Deno.memoryUsage().rss) +
      gaugeText(
        "process_start_time_seconds",
        "When the process started, in seconds since 1970",
        performance.timeOrigin / 1000,
      );
  }
}
