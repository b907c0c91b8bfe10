/** Why the figures can be trusted: models whose true worth is known get it. */
import { mean } from "../../src/base/statistics.ts";
import { evaluate } from "../../src/evaluation/evaluate.ts";
import type { Interactions } from "../../src/interactions/interactions.ts";
import { historyOf } from "../../src/interactions/interactions.ts";
import { createRandom, shuffle } from "../../src/linalg/random.ts";
import type { Model } from "../../src/models/model.ts";
import { assert, assertEquals } from "../assert.ts";
import { type HandEvent, interactionsOf } from "../interactions/made_by_hand.ts";
import { modelOf } from "./fixed_model.ts";

const USERS = 3000;
const CANDIDATES = 60;
const K = 10;

/**
 * User u knows an item of their own, number CANDIDATES + u, by which a model can distinguish them,
 * and goes on to one, two or three of the candidates, drawn at random.
 */
const random = createRandom(5);
const allUsers = Array.from({ length: USERS }, (_, user) => user);
const size = { users: USERS, items: CANDIDATES + USERS };
const ownItem = (user: number) => CANDIDATES + user;
const futures = allUsers.map((user) =>
  shuffle(Array.from({ length: CANDIDATES }, (_, item) => item), random).slice(0, 1 + user % 3)
);
const history = interactionsOf(
  allUsers.map((user): HandEvent => [user, ownItem(user), 1, 1]),
  size,
);
const truth = truthOf(futures);

function truthOf(items: readonly number[][]): Interactions {
  return interactionsOf(
    items.flatMap((items, user) => items.map((item): HandEvent => [user, item, 1, 9])),
    size,
  );
}

/** Knows what every user will do. */
const oracle: Model = modelOf(size.items, ({ items: [own] }) => {
  const scores = new Float32Array(size.items);
  for (const item of futures[own - CANDIDATES]) scores[item] = 1;
  return scores;
});

/** Ranks the candidates at random, above everything else. */
function randomRanker(seed: number): Model {
  const random = createRandom(seed);
  return modelOf(
    size.items,
    () =>
      Float32Array.from(
        { length: size.items },
        (_, item) => item < CANDIDATES ? random.next() : -1,
      ),
  );
}

/** What a ranking at random is worth for a user with this number of relevant candidates. */
function chance(relevant: number) {
  // Each place holds a relevant item with probability R/C. No hit: K places, none of the R.
  const share = relevant / CANDIDATES;
  const ranks = Array.from({ length: K }, (_, i) => i + 1);
  const gain = (ranks: number[]) => ranks.reduce((sum, rank) => sum + 1 / Math.log2(rank + 1), 0);
  // The first hit is at rank r: none in r − 1 draws without replacement, then one.
  const none = (draws: number) =>
    Array.from({ length: draws }, (_, i) => (CANDIDATES - relevant - i) / (CANDIDATES - i))
      .reduce((product, factor) => product * factor, 1);
  // At a hit of rank r the other r − 1 places hold (r − 1)(R − 1)/(C − 1) hits on average.
  const precisionAt = (rank: number) => (1 + (rank - 1) * (relevant - 1) / (CANDIDATES - 1)) / rank;
  return {
    precision: share,
    recall: K / CANDIDATES,
    ndcg: share * gain(ranks) / gain(ranks.slice(0, relevant)),
    map: share * ranks.reduce((sum, rank) => sum + precisionAt(rank), 0) / relevant,
    mrr: ranks.reduce((sum, rank) => sum + (none(rank - 1) - none(rank)) / rank, 0),
    hitRate: 1 - none(K),
  };
}

const CHECKED = ["precision", "recall", "ndcg", "map", "mrr", "hitRate"] as const;

/** Each metric's mean over users is within four standard errors of chance. */
function assertChance(model: Model, truth: Interactions): void {
  const { perUser } = evaluate("model", model, { history, truth }, { k: K }).tasks.new;
  const expected = allUsers.map((user) => chance(new Set(historyOf(truth, user).items).size));
  for (const metric of CHECKED) {
    const theory = mean(expected.map((metrics) => metrics[metric]));
    const values = [...perUser[metric]];
    const measured = mean(values);
    const variance = mean(values.map((value) => (value - measured) ** 2));
    const error = Math.sqrt(variance / USERS);
    assert(error > 0 && error < 0.02, `${metric} varies by ${error}`);
    assert(
      Math.abs(measured - theory) < 4 * error,
      `${metric}: ${measured} for ${theory} ± ${error}`,
    );
  }
}

Deno.test("a random ranker scores what theory says, by every metric", () => {
  assertChance(randomRanker(8), truth);
});

Deno.test("a perfect ranker scores 1 for new products and for all", () => {
  const { tasks } = evaluate("oracle", oracle, { history, truth }, { k: K });
  for (const task of [tasks.new, tasks.all]) {
    const { recall, ndcg, map, mrr, hitRate, precision } = task;
    assertEquals({ recall, ndcg, map, mrr, hitRate }, {
      ...{ recall: 1, ndcg: 1, map: 1, mrr: 1, hitRate: 1 },
    });
    // One, two or three of ten places are right.
    assert(Math.abs(precision - 0.2) < 1e-6);
  }
  assertEquals(tasks.repeats.users, 0);
});

Deno.test("a perfect ranker scores 1 for repeats", () => {
  const returning = truthOf(allUsers.map((user) => [ownItem(user)]));
  const model = modelOf(size.items, ({ items: [own] }) => {
    const scores = new Float32Array(size.items);
    scores[own] = 1;
    return scores;
  });
  const { repeats, all } = evaluate("loyal", model, { history, truth: returning }, { k: 1 }).tasks;
  assertEquals([repeats.users, repeats.ndcg, repeats.recall, all.ndcg], [USERS, 1, 1, 1]);
});

Deno.test("giving users each other's truth brings the perfect ranker down to chance", () => {
  // Three users on is another user who goes on to as many products.
  assertChance(oracle, truthOf(allUsers.map((user) => futures[(user + 3) % USERS])));
});
