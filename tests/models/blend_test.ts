import { InputError } from "../../src/base/input_error.ts";
import { historyOf, type Interactions } from "../../src/interactions/interactions.ts";
import { type BlendOptions, createBlend } from "../../src/models/blend.ts";
import { itemKnn } from "../../src/models/item_knn.ts";
import type { Model } from "../../src/models/model.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { popularity } from "../../src/models/popularity.ts";
import { sequentialRules } from "../../src/models/sequential_rules.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../assert.ts";
import { interactionsOf } from "../interactions/made_by_hand.ts";
import { blockInteractions } from "./block_data.ts";
import { assertRounded, scoresOf } from "./scores_of.ts";

const blend = createBlend([popularity, itemKnn, sequentialRules]);
const blocks = blockInteractions();

/** The names of the members, in order. */
function membersOf(model: Model): string[] {
  return [...new Set(Object.keys(model.toTensors()).flatMap((key) => /^m\d+-\w+/.exec(key) ?? []))];
}

Deno.test("a score is the weighted sum of the members' normalized scores", async () => {
  const options = { neighbors: 2, selfSimilarity: 0 };
  const members = [{ name: "popularity" }, { name: "item_knn", options }];
  const model = await blend.fit(blocks, { members, weights: [1, 3], normalize: "minmax" });
  const parts = [await popularity.fit(blocks), await itemKnn.fit(blocks, options)]
    .map((part) => scoresOf(part, historyOf(blocks, 7)));
  const share = (scores: Float32Array, item: number) =>
    (scores[item] - Math.min(...scores)) / (Math.max(...scores) - Math.min(...scores));
  scoresOf(model, historyOf(blocks, 7)).forEach((score, item) =>
    assertAlmostEquals(score, 0.25 * share(parts[0], item) + 0.75 * share(parts[1], item), 1e-6)
  );
});

Deno.test("what items add to themselves changes the scores of no other item", async () => {
  const history = historyOf(blocks, 7);
  const [without, within] = await Promise.all([0, 1].map(async (selfSimilarity) => {
    const members = [{ name: "popularity" }, { name: "item_knn", options: { selfSimilarity } }];
    const model = await blend.fit(blocks, { members, weights: [1, 3], normalize: "minmax" });
    return { model, scores: scoresOf(model, history) };
  }));
  const own = new Set(history.items);
  within.scores.forEach((score, item) => {
    if (own.has(item)) assert(score > without.scores[item], `${item}: ${score}`);
    else assertEquals(score, without.scores[item], `${item}`);
  });
  const items = Uint32Array.from(within.scores.keys());
  assertEquals(within.model.scoreSome!(history, items), within.scores);
});

Deno.test("a member with weight 0 is dropped, even the first one", async () => {
  const members = [{ name: "popularity" }, { name: "item_knn" }];
  const model = await blend.fit(blocks, { members, weights: [0, 2] });
  assertEquals(membersOf(model), ["m0-item_knn"]);
  const again = blend.fromTensors(model.toTensors()) as Model;
  assertRounded(scoresOf(again, historyOf(blocks, 3)), scoresOf(model, historyOf(blocks, 3)));
});

Deno.test("one model can be a member twice, with different options", async () => {
  const members = [
    { name: "item_knn", options: { neighbors: 1 } },
    { name: "item_knn", options: { similarity: "cosine" } },
  ];
  const model = await blend.fit(blocks, { members, weights: [1, 1] });
  assertEquals(membersOf(model), ["m0-item_knn", "m1-item_knn"]);
  assertRounded(
    scoresOf(blend.fromTensors(model.toTensors()), historyOf(blocks, 8)),
    scoresOf(model, historyOf(blocks, 8)),
  );
});

Deno.test("the model that predicts the held-out events gets the weight", async () => {
  // Forty users walk around a ring of ten items: order predicts the next item, popularity doesn't.
  const ring = interactionsOf(
    Array.from(
      { length: 40 },
      (_, user) =>
        Array.from(
          { length: 6 },
          (_, i) => [user, (user * 7 + i) % 10, 1, 4000 * user + i] as const,
        ),
    )
      .flat(),
  );
  const members = [{ name: "popularity" }, { name: "sequential_rules", options: { decay: 0 } }];
  const model = await blend.fit(ring, { members, target: "next", k: 1 });
  assertEquals(membersOf(model), ["m0-sequential_rules"]);
});

Deno.test("a fit with the weights that another tuned makes the same model", async () => {
  const members = ["popularity", "item_knn", "sequential_rules"].map((name) => ({ name }));
  const model = await blend.fit(blocks, { members });
  const { weights } = model.tuned as Pick<BlendOptions, "weights">;
  assertEquals([weights.length, Math.min(...weights) >= 0], [3, true]);
  const again = await blend.fit(blocks, { members, ...model.tuned });
  assertEquals(again.tuned, undefined);
  assertEquals(membersOf(again), membersOf(model));
  [...again.toTensors().weights.data].forEach((weight, m) =>
    assertAlmostEquals(weight, Number(model.toTensors().weights.data[m]), 1e-15)
  );
});

Deno.test("members that weren't tried have weight 0 among those tuned", async () => {
  // Fifteen users don't have 64 singular vectors; ease isn't worth its time on them.
  const all = algorithmNamed("blend");
  const { tuned } = await all.fit({ ...blocks, catalogue: undefined });
  const { weights } = tuned as Pick<BlendOptions, "weights">;
  assertEquals(weights.length, 6);
  assertEquals([weights[0], weights[1]], [0, 0]);
});

Deno.test("if no user came back, all members have the same weight", async () => {
  const strangers = interactionsOf(
    Array.from({ length: 20 }, (_, i) => [Math.floor(i / 2), i % 3, 1, 100 * Math.floor(i / 2)]),
  );
  const members = [{ name: "popularity" }, { name: "item_knn" }];
  const model = await blend.fit(strangers, { members, target: "later" });
  assertEquals([...model.toTensors().weights.data], [0.5, 0.5]);
  assertEquals([model.chosen, model.tuned], [undefined, undefined]);
});

Deno.test("the weights are tuned on the next events where users are sessions", async () => {
  const chosen = async (data: Interactions) =>
    (await blend.fit(data, { members: [{ name: "item_knn" }, { name: "popularity" }] })).chosen;
  assertEquals(await chosen(blocks), { target: "later" });
  // Sixty visits, one after another, of three items each.
  const visits = interactionsOf(
    Array.from({ length: 180 }, (_, i) => [Math.floor(i / 3), (i * 7) % 10, 1, 60 * i] as const),
  );
  assertEquals(await chosen(visits), { target: "next" });
});

Deno.test("default members that can't be fitted are skipped, explicit ones are not", async () => {
  // Fifteen users and products don't have 64 singular vectors, and there is no catalogue.
  const all = algorithmNamed("blend");
  const bare = { ...blocks, catalogue: undefined };
  const model = await all.fit(bare, { ...all.defaults, weights: [0.1, 0.2, 0.3, 0.3, 0.1, 0] });
  assertEquals(membersOf(model), ["m0-item_knn", "m1-sequential_rules", "m2-session_knn"]);
  [3 / 7, 3 / 7, 1 / 7].forEach((share, m) =>
    assertAlmostEquals(model.toTensors().weights.data[m], share, 1e-12)
  );
  await assertRejects(
    () => Promise.try(() => all.fit(blocks, { members: [{ name: "pure_svd" }] })),
    InputError,
    `Cannot fit pure_svd: option "factors" must be at most 15`,
  );
});

Deno.test("progress rises to 1 over searching and fitting", async () => {
  const reported: number[] = [];
  const members = [{ name: "popularity" }, { name: "item_knn" }];
  await blend.fit(blocks, { members }, (done) => reported.push(done));
  assert(reported.every((done, i) => i === 0 || done >= reported[i - 1]));
  assertEquals(reported.at(-1), 1);
});

Deno.test("invalid members and weights are refused", async () => {
  const two = [{ name: "popularity" }, { name: "item_knn" }];
  const wrong: [Partial<BlendOptions>, string][] = [
    [{ members: [] }, `"members" must name at least one`],
    [{ members: [{ name: "blend" }] }, `"blend" can't be a member, only popularity, item_knn`],
    [{ members: two, weights: [1] }, `"weights" must be 2 numbers of at least 0`],
    [{ members: two, weights: [1, -1] }, "got 1, -1"],
    [{ members: two, weights: [0, 0] }, "not all 0"],
    [{ members: two, weights: [NaN, 1] }, "got NaN, 1"],
    [{ k: 0 }, `"k" must be`],
    [{ questions: 0 }, `"questions" must be`],
    [{ share: 0 }, `"share" must be`],
    [{ share: 0.6 }, `"share" must be`],
    [{ normalize: "softmax" as "rank" }, `"normalize" must be one of zscore, minmax, rank, bounds`],
  ];
  for (const [options, message] of wrong) {
    const error = await assertRejects(
      () => Promise.try(() => blend.fit(blocks, options)),
      InputError,
      message,
    );
    assert(error.message.startsWith("Cannot fit blend: "));
  }
  await assertRejects(
    () =>
      Promise.try(() => blend.fit(blocks, { members: [{ name: "item_knn", options: { k: 5 } }] })),
    InputError,
    `Cannot fit item_knn: it has no option "k"`,
  );
});

Deno.test("tensors of an unknown model are refused", async () => {
  const model = await blend.fit(blocks, { members: [{ name: "item_knn" }] });
  assertThrows(
    () => createBlend([popularity]).fromTensors(model.toTensors()),
    TypeError,
    `it has an unknown model "item_knn"`,
  );
});

Deno.test("ease is a default member on dense data alone, an explicit one on all", async () => {
  const all = algorithmNamed("blend");
  // Nobody comes back, so that all members have the same weight.
  const visitors = (count: number) =>
    interactionsOf(Array.from({ length: count }, (_, user) => [user, user, 1, user]));
  const hasEase = async (data: Interactions, options = {}) =>
    membersOf(await all.fit(data, options)).some((member) => member.endsWith("ease"));
  // Everyone knows 1 of 500 products.
  assert(await hasEase(visitors(500)));
  assert(!await hasEase(visitors(501)));
  assert(await hasEase(visitors(501), { members: [{ name: "item_knn" }, { name: "ease" }] }));
  assert(!all.fitsBesides?.({}).includes("ease"));
});
