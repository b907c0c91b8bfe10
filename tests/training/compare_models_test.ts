import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { toCertainRows } from "../../src/evaluation/certainty.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { holdOut } from "../../src/evaluation/holdout.ts";
import { itemKnn } from "../../src/models/item_knn.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { popularity } from "../../src/models/popularity.ts";
import { sequentialRules } from "../../src/models/sequential_rules.ts";
import { sessionKnn } from "../../src/models/session_knn.ts";
import { svd } from "../../src/models/svd.ts";
import { compareModels } from "../../src/training/compare_models.ts";
import { measureModels } from "../../src/training/measure_models.ts";
import { assert, assertEquals } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";

const ITEMS = 30;

/**
 * Sixty users who look at random products for ten days; the last fifteen come on the last three
 * alone.
 */
function randomShop(): HandEvent[] {
  const random = createRandom(4);
  return Array.from({ length: 1500 }, (_, i): HandEvent => {
    const day = Math.floor(i / 150);
    return [random.integer(day < 7 ? 45 : 60), random.integer(ITEMS), 1, day * DAY + i];
  });
}

const interactions = interactionsOf(randomShop(), { users: 60, items: ITEMS });
const algorithms = [popularity, svd];
const options = { maxUsers: 30, k: 5, validationDays: 2, testDays: 2 };

/** Everything that a comparison reports, as JSON. */
async function jsonOf(seed: number, workers = 1): Promise<string> {
  const { test, validation, breakdowns, overlaps, winner } = await compareModels(
    interactions,
    algorithms,
    { ...options, seed, workers },
  );
  const rows = [...toCertainRows(validation), ...toCertainRows(test)];
  return JSON.stringify({ rows, breakdowns, overlaps, winner });
}

Deno.test("the same seed gives the same figures to the bit for any number of workers", async () => {
  assertEquals(await jsonOf(1), await jsonOf(1));
  assertEquals(await jsonOf(1), await jsonOf(1, 2));
});

Deno.test("another seed draws other users", async () => {
  assert(await jsonOf(1) !== await jsonOf(2));
});

Deno.test("test figures are broken down for every model, newcomers first", async () => {
  const { breakdowns, overlaps } = await compareModels(interactions, algorithms, options);
  const ofHistory = breakdowns.filter(({ by }) => by === "history");
  assertEquals(ofHistory.slice(0, 2).map(({ model, group }) => [model, group]), [
    ["popularity", "0"],
    ["svd", "0"],
  ]);
  assertEquals(ofHistory[0].mean, ofHistory[1].mean);
  assertEquals(
    new Set(breakdowns.map(({ by }) => by)),
    new Set(["history", "day", "popularity"]),
  );
  assertEquals(overlaps.map(({ model, other }) => [model, other]), [["popularity", "svd"]]);
});

Deno.test("without popularity there is no figure for users without a history", async () => {
  const { breakdowns } = await compareModels(interactions, [svd], options);
  assertEquals(breakdowns.some(({ group, by }) => by === "history" && group === "0"), false);
});

Deno.test("without events in a window there is nothing to compare", async () => {
  const second = interactionsOf([[0, 0, 1, 5], [1, 0, 1, 5]]);
  const { validation, test, breakdowns, overlaps, winner } = await compareModels(
    second,
    [popularity],
    { testDays: 0, validationDays: 0 },
  );
  assertEquals([validation, test, breakdowns, overlaps, winner], [[], [], [], [], undefined]);
});

/**
 * A log without users: 600 sessions in ten days, each a user of its own, of three to five products
 * in a ring of thirty. Most steps go on to the next product of the ring, the others anywhere.
 */
function sessionLog(): HandEvent[] {
  const random = createRandom(6);
  return Array.from({ length: 600 }, (_, session) => {
    let item = random.integer(ITEMS);
    return Array.from({ length: 3 + random.integer(3) }, (_, step): HandEvent => {
      item = random.next() < 0.8 ? (item + 1) % ITEMS : random.integer(ITEMS);
      return [session, item, 1, session * DAY / 60 + 60 * step];
    });
  }).flat();
}

Deno.test("if sessions are the users the next item is measured; a session model wins", async () => {
  const log = interactionsOf(sessionLog());
  const models = [popularity, itemKnn, sessionKnn, sequentialRules];
  const { protocol, winner, test } = await compareModels(log, models, { k: 5 });
  assertEquals(protocol, "next-item");
  const [base, items, sessions, rules] = test.map(({ tasks }) => tasks.new.ndcg);
  assert(Math.min(sessions, rules) > Math.max(base, items), `${[base, items, sessions, rules]}`);
  assert(winner === "session_knn" || winner === "sequential_rules", winner);
  // The last product follows from the one before with probability 0.8; chance is 5 of 30.
  assert(Math.min(sessions, rules) > 0.6);
});

Deno.test("by window hardly any session is measured; workers agree on the next item", async () => {
  const log = interactionsOf(sessionLog());
  const byWindow = await compareModels(log, [popularity], { protocol: "window" });
  assert(byWindow.test[0].population.measurable <= 1);
  const models = [popularity, sessionKnn];
  const [here, there] = await Promise.all(
    [1, 2].map((workers) => compareModels(log, models, { workers })),
  );
  assertEquals(there.test, here.test);
});

Deno.test("a blend is tuned before validation, and tested with the same weights", async () => {
  const log = interactionsOf(sessionLog());
  const members = [{ name: "item_knn" }, { name: "sequential_rules" }];
  const given = { k: 5, tuned: { blend: { members, questions: 500 } } };
  const models = [popularity, itemKnn, sequentialRules, algorithmNamed("blend")];
  const [here, there] = await Promise.all(
    [1, 2].map((workers) => compareModels(log, models, { ...given, workers })),
  );
  assertEquals(there.tuned, here.tuned);
  assertEquals(there.test, here.test);

  const { train, trainAndValidation, test } = here.split;
  const { tuned = {} } = await models[3].fit(train, given.tuned.blend);
  assertEquals(here.tuned, { blend: tuned });
  const parts = holdOut({ past: trainAndValidation, window: test }, here.protocol);
  const { evaluations } = await measureModels([models[3]], parts, {
    k: 5,
    tuned: { blend: { ...given.tuned.blend, ...tuned } },
  });
  assertEquals(here.test[3], evaluations[0]);
});

Deno.test("without a validation window a blend is tuned before the test window", async () => {
  const members = [{ name: "popularity" }, { name: "item_knn" }];
  const { validation, tuned, test } = await compareModels(
    interactions,
    [popularity, algorithmNamed("blend")],
    { validationDays: 0, testDays: 2, tuned: { blend: { members } } },
  );
  assertEquals([validation.length, test.length, Object.keys(tuned)], [0, 2, ["blend"]]);
});

Deno.test("a pause of weeks in the data leaves windows with users to measure", async () => {
  // Ten busy days, then, after 60 days, a tenth of a day.
  const events = randomShop();
  const later = events.slice(-20).map(([user, item, weight, time]): HandEvent => [
    ...[user, item, weight] as const,
    time + 60 * DAY,
  ]);
  const gap = interactionsOf([...events, ...later], { users: 60, items: ITEMS });
  for (const windows of [{}, { validationDays: 2, testDays: 3 }]) {
    const { validation, test, winner } = await compareModels(gap, [popularity], windows);
    assert(validation[0].population.measurable > 30 && test[0].population.measurable > 30);
    assertEquals(winner, "popularity");
  }
});
