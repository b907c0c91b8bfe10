import { SECONDS_PER_DAY as DAY } from "../../src/base/time.ts";
import { EMPTY_HISTORY, type History } from "../../src/interactions/history.ts";
import { InputError } from "../../src/base/input_error.ts";
import { historyOf, type Interactions } from "../../src/interactions/interactions.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { tensor } from "../../src/linalg/tensor.ts";
import { itemKnn, type ItemKnnOptions } from "../../src/models/item_knn.ts";
import { SIMILARITIES } from "../../src/interactions/statistics.ts";
import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "../assert.ts";
import { interactionsOf, viewed } from "../interactions/made_by_hand.ts";
import { scoresOf } from "./scores_of.ts";

/** Neutral options, so that each test changes one. */
const PLAIN: Partial<ItemKnnOptions> = {
  shrinkage: 0,
  userPower: 0,
  popularityPower: 0,
  selfSimilarity: 0,
  rating: "max",
};

/** User 0 has items 0 and 1, user 1 all three, user 2 item 1 alone. */
const views = interactionsOf([
  [0, 0, 1, 0],
  [0, 1, 1, 2 * DAY],
  [1, 0, 1, 0],
  [1, 1, 1, 0],
  [1, 2, 1, 0],
  [2, 1, 1, 0],
]);

async function fittedScores(
  history: History,
  options: Partial<ItemKnnOptions>,
  data: Interactions = views,
): Promise<Float32Array> {
  const model = await itemKnn.fit(data, { ...PLAIN, ...options });
  return scoresOf(model, history);
}

Deno.test("conditional: the share of an item's users who have the other one", async () => {
  assertEquals(await fittedScores(viewed([0]), {}), Float32Array.of(0, 1, 1 / 2));
  assertEquals(await fittedScores(viewed([1]), {}), Float32Array.of(2 / 3, 0, 1 / 3));
});

Deno.test("conditional: popularity is damped by its power", async () => {
  assertEquals(
    await fittedScores(viewed([0]), { popularityPower: 1 }),
    Float32Array.of(0, 1 / 3, 1 / 2),
  );
  assertEquals(
    await fittedScores(viewed([0]), { popularityPower: 0.5 }),
    Float32Array.of(0, 1 / Math.sqrt(3), 1 / 2),
  );
});

Deno.test("conditional: by default the damping follows the density", async () => {
  // Six views of three items by three users: a density of 2/3, far above that of sparse data.
  assertEquals(
    await fittedScores(viewed([0]), { popularityPower: "auto" }),
    await fittedScores(viewed([0]), { popularityPower: 0.6 }),
  );
});

Deno.test("cosine and Jaccard by hand", async () => {
  assertEquals(
    await fittedScores(viewed([0]), { similarity: "cosine" }),
    Float32Array.of(0, 2 / Math.sqrt(6), 1 / Math.sqrt(2)),
  );
  assertEquals(
    await fittedScores(viewed([0]), { similarity: "jaccard" }),
    Float32Array.of(0, 2 / 3, 1 / 2),
  );
});

Deno.test("TF-IDF and BM25 by hand", async () => {
  // User 0 has two of four items, user 1 two others of them, user 2 all but one.
  const data = interactionsOf([
    ...[[0, 0], [0, 1], [1, 0], [1, 2], [2, 0], [2, 1], [2, 3]]
      .map(([user, item]) => [user, item, 1, 0] as const),
  ]);
  const [two, three] = [Math.log(4 / 2) ** 2, Math.log(4 / 3) ** 2];
  assertAlmostEqual(
    await fittedScores(viewed([0]), { similarity: "tfidf" }, data),
    [
      0,
      (two + three) / Math.sqrt((2 * two + three) * (two + three)),
      two / Math.sqrt((2 * two + three) * two),
      three / Math.sqrt((2 * two + three) * three),
    ],
  );
  // The items have 3, 2, 1 and 1 users, 7/4 on average.
  const weight = (users: number) => 2.2 / (1 + 1.2 * (0.5 + 0.5 * users / (7 / 4)));
  assertAlmostEqual(
    await fittedScores(viewed([0]), { similarity: "bm25", popularityPower: 0.5 }, data),
    [
      0,
      weight(3) * weight(2) * (two + three),
      weight(3) * weight(1) * two,
      weight(3) * weight(1) * three,
    ],
  );
});

function assertAlmostEqual(actual: Float32Array, expected: readonly number[]): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((score, item) => assertAlmostEquals(score, expected[item], 1e-6));
}

Deno.test("shrinkage adds to the denominator", async () => {
  assertEquals(
    await fittedScores(viewed([0]), { similarity: "jaccard", shrinkage: 2 }),
    Float32Array.of(0, 2 / 5, 1 / 4),
  );
});

Deno.test("users with many items count less", async () => {
  // Users 0 and 1 have two and three items: 1/2 + 1/3 of the two users of item 0.
  assertEquals(
    await fittedScores(viewed([0]), { userPower: 1 }),
    Float32Array.of(0, 5 / 12, 1 / 6),
  );
});

Deno.test("ratings weigh users and the history", async () => {
  const data = interactionsOf([[0, 0, 2, 0], [0, 1, 4, 0], [1, 0, 1, 0], [1, 2, 1, 0]]);
  // Σ r₀·r₁ / Σ r₀ = 8 / 3 and 1 / 3, twice for a rating of 2
  const bought = { ...viewed([0]), weights: Float32Array.of(2) };
  assertEquals(await fittedScores(bought, {}, data), Float32Array.of(0, 16 / 3, 2 / 3));
});

Deno.test("several events make one rating in the same way for training and history", async () => {
  const data = interactionsOf([[0, 0, 1, 0], [0, 0, 1, 1], [0, 1, 1, 2]]);
  const twice = viewed([0, 0]);
  assertEquals(await fittedScores(twice, { rating: "max" }, data), Float32Array.of(0, 1));
  assertEquals(await fittedScores(twice, { rating: "sum" }, data), Float32Array.of(0, 2));
});

Deno.test("a pair counts half if its user's events are a half-life apart", async () => {
  // User 0 viewed items 0 and 1 two days apart: 1/4 + 1 of two users.
  assertEquals(
    await fittedScores(viewed([0]), { pairHalfLifeDays: 1 }),
    Float32Array.of(0, 5 / 8, 1 / 2),
  );
});

Deno.test("an item of the history counts half if it is a half-life old", async () => {
  const history = viewed([0, 2], [0, 3 * DAY]);
  // from item 2: 1 for items 0 and 1; from item 0: an eighth of 1 and of 1/2
  assertEquals(
    await fittedScores(history, { historyHalfLifeDays: 1 }),
    Float32Array.of(1, 9 / 8, 1 / 16),
  );
});

Deno.test("only the nearest neighbours are kept", async () => {
  assertEquals(await fittedScores(viewed([0]), { neighbors: 1 }), Float32Array.of(0, 1, 0));
});

Deno.test("an item recommends itself by the formula too, besides the nearest", async () => {
  // Σ r₀² = 2 of the users of item 0, by Σ r₀ = 2; none of the places of the others is taken.
  assertEquals(
    await fittedScores(viewed([0]), { selfSimilarity: 1, neighbors: 1 }),
    Float32Array.of(1, 1, 0),
  );
  assertEquals(
    await fittedScores(viewed([0]), { selfSimilarity: 0.5, userPower: 1 }),
    // (1/2 + 1/3) / 2, half of it
    Float32Array.of(5 / 24, 5 / 12, 1 / 6),
  );
  // 2 / (2 + 2 − 2 + 2)
  assertEquals(
    await fittedScores(viewed([0]), { similarity: "jaccard", shrinkage: 2, selfSimilarity: 1 }),
    Float32Array.of(1 / 2, 2 / 5, 1 / 4),
  );
  // No time is between a rating and itself.
  assertEquals(
    await fittedScores(viewed([0]), { pairHalfLifeDays: 1, selfSimilarity: 1 }),
    Float32Array.of(1, 5 / 8, 1 / 2),
  );
});

Deno.test("selfSimilarity adds to what other items of the history give", async () => {
  // From item 1: 2/3 for item 0. From item 0: 1 for item 1.
  assertAlmostEqual(
    await fittedScores(viewed([0, 1]), { selfSimilarity: 1 }),
    [1 + 2 / 3, 1 + 1, 1 / 2 + 1 / 3],
  );
});

Deno.test("ratings weigh what an item recommends of itself", async () => {
  const data = interactionsOf([[0, 0, 2, 0], [0, 1, 4, 0], [1, 0, 1, 0], [1, 2, 1, 0]]);
  const bought = { ...viewed([0]), weights: Float32Array.of(2) };
  // Σ r₀² / Σ r₀ = 5 / 3, twice
  assertEquals(
    await fittedScores(bought, { selfSimilarity: 1 }, data),
    Float32Array.of(10 / 3, 16 / 3, 2 / 3),
  );
});

Deno.test("items still recommend themselves when a model is loaded", async () => {
  const model = await itemKnn.fit(views, { ...PLAIN, selfSimilarity: 0.5 });
  const tensors = model.toTensors();
  assertEquals([...tensors.self.data], [0.5, 0.5, 0.5]);
  const loaded = itemKnn.fromTensors(tensors);
  assertEquals(scoresOf(loaded, viewed([0])), Float32Array.of(0.5, 1, 1 / 2));
  assertEquals(loaded.toTensors(), tensors);
  assertThrows(
    () => itemKnn.fromTensors({ ...tensors, self: tensor(new Float32Array(2)) }),
    RangeError,
    "self must hold 3 numbers, it holds 2",
  );
});

Deno.test("without selfSimilarity a model is saved as it was before the option", async () => {
  const { self: _, ...others } = (await itemKnn.fit(views, { ...PLAIN, selfSimilarity: 1 }))
    .toTensors();
  const without = await itemKnn.fit(views, { ...PLAIN, selfSimilarity: 0 });
  assertEquals(without.toTensors(), others);
  assertEquals(
    scoresOf(itemKnn.fromTensors(others), viewed([0])),
    Float32Array.of(0, 1, 1 / 2),
  );
});

Deno.test("every similarity equals a dense computation", async () => {
  const random = createRandom(5);
  const events = Array.from(
    { length: 150 },
    (_, i) => [random.integer(20), random.integer(12), 1 + random.integer(4), i * 7000] as const,
  );
  const data = interactionsOf(events, { users: 20, items: 12 });
  for (const similarity of SIMILARITIES) {
    const options: ItemKnnOptions & { popularityPower: number } = {
      similarity,
      neighbors: 12,
      shrinkage: 0.5,
      userPower: 0.6,
      popularityPower: 0.3,
      pairHalfLifeDays: 2,
      historyHalfLifeDays: Infinity,
      selfSimilarity: 1,
      rating: "max",
    };
    const dense = denseSimilarities(data, options);
    for (let item = 0; item < 12; item++) {
      const scores = await fittedScores(viewed([item]), options, data);
      scores.forEach((score, other) =>
        assertAlmostEquals(score, dense[item][other], 1e-5, `${similarity} ${item} ${other}`)
      );
    }
  }
});

/** The formulas of `itemKnn` over a dense table of users and items. */
function denseSimilarities(
  data: Interactions,
  options: ItemKnnOptions & { popularityPower: number },
): number[][] {
  const size = data.itemIds.size;
  const users = Array.from({ length: data.userIds.size }, (_, u) => {
    const { items, weights, times } = historyOf(data, u);
    const ratings = new Array<number>(size).fill(0), days = new Array<number>(size).fill(0);
    items.forEach((item, i) => {
      ratings[item] = Math.max(ratings[item], weights[i]);
      days[item] = times[i] / DAY;
    });
    return { ratings, days, count: ratings.filter((rating) => rating > 0).length };
  });
  const sum = (term: (user: typeof users[number]) => number) =>
    users.reduce((total, user) => total + term(user), 0);
  const totals = Array.from({ length: size }, (_, i) => sum(({ ratings }) => ratings[i]));
  const mean = totals.reduce((all, total) => all + total, 0) / size;
  const lengths = totals.map((total) =>
    1 - options.popularityPower + options.popularityPower * total / mean
  );
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => {
      const isText = options.similarity === "tfidf" || options.similarity === "bm25";
      const weigh = (ratings: readonly number[], item: number) =>
        options.similarity === "tfidf"
          ? Math.sqrt(ratings[item])
          : options.similarity === "bm25"
          ? ratings[item] * 2.2 / (ratings[item] + 1.2 * lengths[item])
          : ratings[item];
      const idf = (count: number) => Math.log(size / count) ** 2;
      const s = sum(({ ratings, days, count }) =>
        ratings[i] * ratings[j] && (isText ? idf(count) : count ** -options.userPower) *
          weigh(ratings, i) * weigh(ratings, j) *
          2 ** (-Math.abs(days[i] - days[j]) / options.pairHalfLifeDays)
      );
      const words = [i, j].map((k) =>
        sum(({ ratings, count }) => ratings[k] && idf(count) * ratings[k])
      );
      const squares = [i, j].map((k) => sum(({ ratings }) => ratings[k] ** 2));
      const sums = [i, j].map((k) => sum(({ ratings }) => ratings[k]));
      const denominator = {
        conditional: sums[0] * sums[1] ** options.popularityPower,
        cosine: Math.sqrt(squares[0] * squares[1]),
        jaccard: squares[0] + squares[1] - s,
        tfidf: Math.sqrt(words[0] * words[1]),
        bm25: 1,
      }[options.similarity];
      return s / (denominator + options.shrinkage);
    }));
}

Deno.test("an empty history scores 0 everywhere, also with decay", async () => {
  assertEquals(await fittedScores(EMPTY_HISTORY, { historyHalfLifeDays: 1 }), new Float32Array(3));
});

Deno.test("the only item has no neighbours", async () => {
  assertEquals(
    await fittedScores(viewed([0]), {}, interactionsOf([[0, 0, 1, 0]])),
    new Float32Array(1),
  );
});

Deno.test("weights of 0 don't make scores NaN", async () => {
  const data = interactionsOf([[0, 0, 0, 0], [0, 1, 0, 1]]);
  for (const similarity of SIMILARITIES) {
    assertEquals(
      await fittedScores(viewed([0]), { similarity, selfSimilarity: 1 }, data),
      new Float32Array(2),
    );
  }
});

Deno.test("options out of range are refused by name", async () => {
  const wrong: Partial<ItemKnnOptions>[] = [
    { neighbors: 0 },
    { neighbors: 1.5 },
    { shrinkage: -1 },
    { userPower: 2 },
    { popularityPower: NaN },
    { pairHalfLifeDays: 0 },
    { historyHalfLifeDays: -1 },
    { selfSimilarity: -1 },
  ];
  for (const options of wrong) {
    await assertRejects(
      async () => await itemKnn.fit(views, options),
      InputError,
      `option "${Object.keys(options)[0]}" must be`,
    );
  }
  await assertRejects(
    async () => await itemKnn.fit(views, { similarity: "pearson" as "cosine" }),
    InputError,
    `option "similarity" must be one of conditional, cosine, jaccard, tfidf, bm25, got pearson`,
  );
});

for (const similarity of SIMILARITIES) {
  Deno.test(`${similarity}: kernels and plain code agree to the last bit`, async () => {
    const random = createRandom(3);
    const data = interactionsOf(Array.from({ length: 900 }, (_, i) => [
      random.integer(60),
      Math.floor(80 * random.next() ** 2),
      random.integer(5),
      i,
    ]));
    for (
      const options of [
        { neighbors: 1, userPower: 0, shrinkage: 0, rating: "max" },
        { neighbors: 7, userPower: 0, shrinkage: 3, rating: "sum" },
        { neighbors: 200, userPower: 0.7, shrinkage: 0, rating: "logsum" },
      ] as const
    ) {
      const kernels = await itemKnn.fit(data, { ...options, similarity });
      // A half-life of 10³⁰⁰ days, 2^−0 = 1, makes plain code run.
      const plain = await itemKnn.fit(data, { ...options, similarity, pairHalfLifeDays: 1e300 });
      assertEquals(kernels.toTensors(), plain.toTensors());
    }
  });
}
