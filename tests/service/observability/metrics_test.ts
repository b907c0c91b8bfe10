import { labelsText } from "../../../src/service/observability/counter.ts";
import { Metrics } from "../../../src/service/observability/metrics.ts";
import { assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";

const moment = {
  version: "v1",
  defaultModel: "als",
  created: "2019-11-03T12:00:00.500Z",
  inFlight: 2,
};

Deno.test("metrics are in the text format of Prometheus", () => {
  const metrics = new Metrics();
  for (const seconds of [0.0004, 0.002, 20]) {
    metrics.answered({ method: "GET", route: "/popular", status: 200, seconds });
  }
  metrics.listMade({ model: "als", strategy: "personalized" });
  metrics.eventsTaken({ stored: 3, duplicates: 1, refused: 2 });
  metrics.storeFailed();
  metrics.linesLost(7);
  const text = metrics.toText(moment);
  for (
    const line of [
      "# TYPE recommender_requests_total counter",
      'recommender_requests_total{route="/popular",method="GET",status="200"} 3',
      "# TYPE recommender_request_duration_seconds histogram",
      'recommender_request_duration_seconds_bucket{route="/popular",method="GET",le="0.0005"} 1',
      'recommender_request_duration_seconds_bucket{route="/popular",method="GET",le="0.001"} 1',
      'recommender_request_duration_seconds_bucket{route="/popular",method="GET",le="0.0025"} 2',
      'recommender_request_duration_seconds_bucket{route="/popular",method="GET",le="10"} 2',
      'recommender_request_duration_seconds_bucket{route="/popular",method="GET",le="+Inf"} 3',
      'recommender_request_duration_seconds_sum{route="/popular",method="GET"} 20.0024',
      'recommender_request_duration_seconds_count{route="/popular",method="GET"} 3',
      'recommender_lists_total{model="als",strategy="personalized"} 1',
      "recommender_events_stored_total 3",
      "recommender_events_duplicate_total 1",
      "recommender_events_refused_total 2",
      "recommender_store_errors_total 1",
      "recommender_log_lines_lost_total 7",
      "recommender_requests_in_flight 2",
      'recommender_artifact_info{version="v1",model="als"} 1',
      "recommender_artifact_created_timestamp_seconds 1572782400.5",
    ]
  ) assertStringIncludes(text, `${line}\n`);
});

Deno.test("every line is a comment or a named number", () => {
  for (const line of new Metrics().toText(moment).trimEnd().split("\n")) {
    assertMatch(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$/);
  }
});

Deno.test("made-up methods share one series", () => {
  const metrics = new Metrics();
  for (let i = 0; i < 100; i++) {
    metrics.answered({ method: `M${i}`, route: undefined, status: 404, seconds: 0 });
  }
  const line = 'recommender_requests_total{route="other",method="other",status="404"} 100\n';
  assertStringIncludes(metrics.toText(moment), line);
});

Deno.test("label values are escaped", () => {
  assertEquals(labelsText({ a: 'x"\\\n' }), '{a="x\\"\\\\\\n"}');
});
