import { latencyBetween, type Sample, sampleOf } from "../../../src/pages/figures/samples.ts";
import { readMetrics } from "../../../src/pages/figures/metrics_text.ts";
import { Metrics } from "../../../src/service/observability/metrics.ts";
import { assertEquals } from "../../assert.ts";

const GAUGES = { version: "v", defaultModel: "als", created: "2019-11-03T12:00:00Z", inFlight: 0 };
const LISTS = "/recommend/{userId}";

function sampled(count: (metrics: Metrics) => void): Sample {
  const metrics = new Metrics();
  count(metrics);
  return sampleOf(readMetrics(metrics.toText(GAUGES)), 7);
}

Deno.test("a sample has the totals of what the service counted", () => {
  const { listsWithin: _, ...sample } = sampled((metrics) => {
    const answered = (status: number) =>
      metrics.answered({ method: "GET", route: LISTS, status, seconds: .002 });
    for (const status of [200, 200, 304, 429, 500, 503]) answered(status);
    metrics.listMade({ model: "als", strategy: "personalized" });
    metrics.listMade({ model: "als", strategy: "mixed" });
    metrics.listMade({ model: "popularity", strategy: "popular" });
    metrics.eventsTaken({ stored: 5, duplicates: 1, refused: 2 });
    metrics.storeFailed();
    metrics.historyRead(0.01);
    metrics.historyRead(1, new Error("no answer within 1 seconds"));
  });
  assertEquals(sample, {
    time: 7,
    requests: 6,
    failed: 2,
    turnedAway: 2,
    lists: 3,
    personalized: 2,
    eventsStored: 5,
    eventsRefused: 2,
    storeErrors: 1,
    historyErrors: 1,
  });
});

Deno.test("the latency of lists is the bound that a share of those in between stayed below", () => {
  const timed = (seconds: readonly number[]) =>
    sampled((metrics) => {
      for (const time of seconds) {
        metrics.answered({ method: "GET", route: LISTS, status: 200, seconds: time });
      }
      metrics.answered({ method: "GET", route: "/docs", status: 200, seconds: 9 });
    });
  const before = timed([2]);
  const after = timed([2, .004, .004, .004, .04]);
  assertEquals(latencyBetween(before, after, .5), .005);
  assertEquals(latencyBetween(before, after, .99), .05);
  assertEquals(latencyBetween(before, before, .99), undefined);
  assertEquals(latencyBetween(before, timed([2, 60]), .99), Infinity);
});

Deno.test("labels are read as they were before they were escaped", () => {
  const [series] = readMetrics('m{a="x\\"y\\\\n",b="1\\n2"} 4\n').get("m") ?? [];
  assertEquals(series, { labels: { a: 'x"y\\n', b: "1\n2" }, value: 4 });
});
