import { ExperimentMeasures } from "../../../src/service/experiments/experiment_measures.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import type { Experiments } from "../../../src/service/store/entries/shop_rules.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";

const arms = [{ name: "a", share: 0.5 }, { name: "b", share: 0.5 }];
const ONE: Experiments = new Map([["one", { from: 0, share: 1, rampDays: 0, arms }]]);

/** A store, and how often it was read. */
async function counted(): Promise<{ store: EventStore; reads: () => number }> {
  const store = await openEventStore({ path: ":memory:" });
  const exposures = store.exposures.bind(store);
  let reads = 0;
  store.exposures = () => {
    reads++;
    return exposures();
  };
  return { store, reads: () => reads };
}

Deno.test("who asks while experiments are measured, or soon after, gets one result", async () => {
  const { store, reads } = await counted();
  const measures = new ExperimentMeasures();
  const results = await Promise.all([1, 2, 3].map(() => measures.measure(store, ONE, {})));
  results.push(await measures.measure(store, ONE, {}));
  assert(results.every((result) => result === results[0]));
  assertEquals([reads(), measures.latest === results[0]], [1, true]);
  store[Symbol.dispose]();
});

Deno.test("other experiments are measured at once; a result may never be reused", async () => {
  const { store, reads } = await counted();
  const measures = new ExperimentMeasures();
  await measures.measure(store, ONE, {});
  const { experiments } = await measures.measure(
    store,
    new Map([...ONE, ["two", ONE.get("one")!]]),
    {},
  );
  assertEquals([...experiments.keys()], ["one", "two"]);
  assertEquals(reads(), 2);
  const fresh = new ExperimentMeasures(0);
  await fresh.measure(store, ONE, {});
  await fresh.measure(store, ONE, {});
  assertEquals(reads(), 4);
  store[Symbol.dispose]();
});

Deno.test("a failure of the store isn't reused", async () => {
  const { store } = await counted();
  const exposures = store.exposures;
  store.exposures = () => {
    throw new StoreError("the disk is gone");
  };
  const measures = new ExperimentMeasures();
  await assertRejects(() => measures.measure(store, ONE, {}), StoreError, "the disk is gone");
  assertEquals(measures.latest, undefined);
  store.exposures = exposures;
  assertEquals((await measures.measure(store, ONE, {})).experiments.size, 1);
  store[Symbol.dispose]();
});
