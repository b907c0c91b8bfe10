import { SECONDS_PER_DAY } from "../../../src/base/time.ts";
import { receiveJobData, shareJobData } from "../../../src/training/jobs/share.ts";
import { trialDataOf } from "../../../src/training/tune/trial_data.ts";
import { assert, assertEquals } from "../../assert.ts";
import { changingShop } from "../changing_shop.ts";

const data = trialDataOf(changingShop(), 15 * SECONDS_PER_DAY, {});

Deno.test("trial data crosses to another thread unchanged", () => {
  const received = receiveJobData(structuredClone(shareJobData(data)));
  for (const part of ["history", "fittedTo", "truth"] as const) {
    const { userIds, itemIds, ...others } = received[part];
    const { userIds: _users, itemIds: _items, ...expected } = data[part];
    assertEquals(others, expected);
    assertEquals([userIds.size, userIds.idAt(7), userIds.indexOf("ü7")], [240, "ü7", 7]);
    assertEquals([itemIds.size, itemIds.idAt(59), itemIds.indexOf("x")], [60, "item59", -1]);
  }
});

Deno.test("its arrays are in shared memory, and shared parts stay shared", () => {
  const shared = shareJobData(data);
  const received = structuredClone(shared);
  shared.history.items[0] = 59;
  assertEquals(received.history.items[0], 59);
  assert(received.fittedTo === received.history);
  const { catalogue, userIds } = received;
  for (const array of [catalogue!.price, catalogue!.brand.codes, userIds.bytes.data]) {
    assert(array.buffer instanceof SharedArrayBuffer);
  }
});

Deno.test("prepared training data is separate from the histories", () => {
  const prepared = trialDataOf(changingShop(), 15 * SECONDS_PER_DAY, { halfLifeDays: 2 });
  const { history, fittedTo } = receiveJobData(shareJobData(prepared));
  assertEquals(fittedTo.weights, prepared.fittedTo.weights);
  assertEquals(history.weights, prepared.history.weights);
});

Deno.test("the past that histories go on from crosses too, once", () => {
  const sessions = trialDataOf(changingShop(), 15 * SECONDS_PER_DAY, { protocol: "next-item" });
  const received = receiveJobData(structuredClone(shareJobData(sessions)));
  assertEquals(received.past?.items, sessions.past?.items);
  assertEquals(received.history.items, sessions.history.items);
  assert(received.past?.items === received.fittedTo.items);
});
