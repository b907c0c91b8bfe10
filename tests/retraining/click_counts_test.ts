import { InputError } from "../../src/base/input_error.ts";
import { readClickCounts } from "../../src/retraining/click_counts.ts";
import { Metrics } from "../../src/service/observability/metrics.ts";
import { assertEquals, assertThrows } from "../assert.ts";

Deno.test("the service's own metrics say which artifact it serves", () => {
  const version = "20191201T000000Z-0123456789ab";
  const created = "2019-12-01T00:00:00.000Z";
  const text = new Metrics().toText({ version, defaultModel: "als", created, inFlight: 0 });
  assertEquals(readClickCounts(text), { version, lists: 0, clicks: 0 });
});

Deno.test("an answer without an artifact's version isn't a service's", () => {
  assertThrows(() => readClickCounts("up 1\n"), InputError, "metrics have no recommender_artifact");
});
