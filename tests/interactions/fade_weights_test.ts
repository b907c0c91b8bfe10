import { SECONDS_PER_DAY } from "../../src/base/time.ts";
import { fadeWeights } from "../../src/interactions/fade_weights.ts";
import { assert, assertEquals } from "../assert.ts";

const events = {
  weights: Float32Array.of(4, 2, 1),
  times: Uint32Array.of(0, 2 * SECONDS_PER_DAY, 4 * SECONDS_PER_DAY),
};

Deno.test("a weight halves with every half-life before the last event", () => {
  const ageOf = (time: number) => 4 * SECONDS_PER_DAY - time;
  const { weights } = fadeWeights(events, { ageOf, halfLifeDays: 2 });
  assertEquals(weights, Float32Array.of(1, 1, 1));
  assertEquals(events.weights, Float32Array.of(4, 2, 1));
});

Deno.test("without a half-life, the events are the same", () => {
  assert(fadeWeights(events, { ageOf: (time) => time, halfLifeDays: Infinity }) === events);
});
