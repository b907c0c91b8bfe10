import type { Exposure } from "../../../src/experiments/exposures/exposure.ts";
import { ExposureWriter } from "../../../src/service/exposures/exposure_writer.ts";
import { openEventStore } from "../../../src/service/store/open_event_store.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import { assertEquals } from "../../assert.ts";

function shown(listId: string): Exposure {
  return {
    ...{ userId: "ann", listId, at: 1000, model: "als", productIds: ["7"] },
    ...{ positions: [1], propensities: [1] },
  };
}

Deno.test("what waits is stored together, and what is left when the service ends", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const batches: number[] = [];
  const record = store.recordExposures.bind(store);
  store.recordExposures = (exposures) => {
    batches.push(exposures.length);
    return record(exposures);
  };
  const writer = new ExposureWriter(store, { onLost: () => {} });
  for (let i = 0; i < 1500; i++) writer.add(shown(`l${i}`));
  assertEquals(batches, []);
  await writer[Symbol.asyncDispose]();
  assertEquals(batches, [1000, 500]);
  assertEquals((await Array.fromAsync(store.exposures())).length, 1500);
});

Deno.test("lists are stored by themselves after a moment, again and again", async () => {
  using store = await openEventStore({ path: ":memory:" });
  await using writer = new ExposureWriter(store, { onLost: () => {} });
  for (const listId of ["l1", "l2"]) {
    writer.add(shown(listId));
    while ((await Array.fromAsync(store.exposures())).at(-1)?.listId !== listId) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
});

Deno.test("lists that can't be stored are reported, and later ones are stored", async () => {
  using store = await openEventStore({ path: ":memory:" });
  const record = store.recordExposures.bind(store);
  store.recordExposures = () => Promise.reject(new StoreError("the disk is full"));
  const lost: (string | number | undefined)[][] = [];
  await using writer = new ExposureWriter(store, {
    onLost: (lists, error) => void lost.push([lists, error?.message]),
  });
  writer.add(shown("l1"));
  writer.add(shown("l2"));
  await writer.flush();
  store.recordExposures = record;
  writer.add(shown("l3"));
  await writer.flush();
  assertEquals(lost, [[2, "the disk is full"]]);
  const [{ listId }] = await Array.fromAsync(store.exposures());
  assertEquals(listId, "l3");
});

Deno.test("while the store is slower than lists come, those beyond a limit are lost", async () => {
  using store = await openEventStore({ path: ":memory:" });
  let lost = 0;
  await using writer = new ExposureWriter(store, { onLost: (lists) => void (lost += lists) });
  for (let i = 0; i < 10_003; i++) writer.add(shown(`l${i}`));
  assertEquals(lost, 3);
});
