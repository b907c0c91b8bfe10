import { InputError } from "../base/input_error.ts";

/** What a service has counted since it started. */
export interface ClickCounts {
  /** The artifact that it serves. */
  readonly version: string;
  /** Lists that were shown. */
  readonly lists: number;
  /** Lists of which something was clicked. */
  readonly clicks: number;
}

/** Names of the counters, which have labels that aren't told apart here. */
const LISTS = "recommender_exposures_total";
const CLICKS = "recommender_exposures_clicked_total";
const ARTIFACT = "recommender_artifact_info";

/**
 * Reads the counts from the metrics of a service, in the text format of Prometheus.
 *
 * @param text From `GET /metrics`.
 * @throws {InputError} If they don't say which artifact is served.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = `recommender_artifact_info{version="20191101T120000Z-0123456789ab"} 1
 * recommender_exposures_total{model="als"} 40
 * recommender_exposures_total{model="svd"} 2
 * recommender_exposures_clicked_total{model="als"} 3
 * `;
 * assertEquals(readClickCounts(text), {
 *   version: "20191101T120000Z-0123456789ab",
 *   lists: 42,
 *   clicks: 3,
 * });
 * ```
 */
export function readClickCounts(text: string): ClickCounts {
  const samples = Array.from(
    text.matchAll(/^([a-z_]+)(\{.*\})? ([-+\w.]+)$/gm),
    ([, name, labels = "", value]) => ({ name, labels, value: Number(value) }),
  );
  const total = (wanted: string) =>
    samples.reduce((sum, { name, value }) => name === wanted ? sum + value : sum, 0);
  const artifact = samples.find(({ name }) => name === ARTIFACT);
  const version = artifact?.labels.match(/[{,]version="([^"]+)"/)?.[1];
  if (version === undefined) {
    throw new InputError(`Cannot watch a service: its metrics have no ${ARTIFACT} with a version`);
  }
  return { version, lists: total(LISTS), clicks: total(CLICKS) };
}
