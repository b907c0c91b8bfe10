import { SECONDS_PER_DAY } from "../../../src/base/time.ts";
import { historyOf } from "../../../src/interactions/interactions.ts";
import { timeSpan } from "../../../src/interactions/split.ts";
import { activeUsers, sampleUsers, trialDataOf } from "../../../src/training/tune/trial_data.ts";
import { assert, assertEquals } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";
import { changingShop } from "../changing_shop.ts";

const shop = changingShop();

Deno.test("a sample has the requested number of users, with all events and the same ids", () => {
  const sample = sampleUsers(shop, { users: 50, seed: 3 });
  assertEquals(sample.userIds.size, 50);
  assertEquals(sample.itemIds, shop.itemIds);
  assertEquals(sample.catalogue, shop.catalogue);
  for (let user = 0; user < 50; user++) {
    const original = shop.userIds.indexOf(sample.userIds.idAt(user));
    assertEquals(historyOf(sample, user), historyOf(shop, original));
    const [start, from] = [sample.indptr[user], shop.indptr[original]];
    assertEquals(sample.sessions![start], shop.sessions![from]);
  }
  assertEquals(sample.items.length, sample.indptr[50]);
});

Deno.test("a larger sample contains the smaller one of the same seed only", () => {
  const idsOf = (users: number, seed: number) => {
    const { userIds } = sampleUsers(shop, { users, seed });
    return new Set(Array.from({ length: userIds.size }, (_, user) => userIds.idAt(user)));
  };
  assert(idsOf(20, 1).isSubsetOf(idsOf(60, 1)));
  assert(!idsOf(20, 2).isSubsetOf(idsOf(60, 1)));
});

Deno.test("only users with events are drawn; if all of them fit, nothing changes", () => {
  const idle = interactionsOf([[1, 0, 1, 5], [3, 1, 1, 6]], { users: 6 });
  assertEquals(sampleUsers(idle, { users: 2, seed: 1 }), idle);
  const one = sampleUsers(idle, { users: 1, seed: 1 });
  assertEquals([one.userIds.size, one.items.length], [1, 1]);
});

Deno.test("trials are fitted to the prepared past and score from the unprepared one", () => {
  const cut = timeSpan(shop).last - SECONDS_PER_DAY;
  const { history, fittedTo, truth } = trialDataOf(shop, cut, { windowDays: 2, halfLifeDays: 1 });
  assertEquals(history.items.length + truth.items.length, shop.items.length);
  assert(timeSpan(history).last < cut && timeSpan(truth).first >= cut);
  assert(timeSpan(fittedTo).first > timeSpan(history).last - 2 * SECONDS_PER_DAY);
  assert(Math.min(...fittedTo.weights) < 1 && Math.min(...history.weights) === 1);
  const unprepared = trialDataOf(shop, cut, {});
  assertEquals(unprepared.fittedTo, unprepared.history);
});

Deno.test("trials of the next item are fitted to what precedes the cut, too", () => {
  const cut = timeSpan(shop).last - SECONDS_PER_DAY;
  const { past, history, fittedTo, truth } = trialDataOf(shop, cut, { protocol: "next-item" });
  assert(past !== undefined && past === fittedTo);
  assert(timeSpan(past).last < cut && timeSpan(history).last >= cut);
  assertEquals(history.items.length + truth.items.length, shop.items.length);
  assertEquals(truth.items.length, activeUsers(truth).length);
});
