/** Models fitted from a cluster's sums, beside those fitted to the events themselves. */
import { assert, assertEquals } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { withFolder } from "../../temp_folder.ts";
import { isSpark, master, needsSail, needsServer } from "../spark_server.ts";
import { formatCount } from "../../../src/base/format.ts";
import type { RatingMode } from "../../../src/interactions/event_weights.ts";
import { openEvents } from "../../../src/events/load.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import {
  historyOf,
  type ShopInteractions,
  sliceByTime,
} from "../../../src/interactions/interactions.ts";
import { type Csr, csrOfRows, rowOf, transpose } from "../../../src/linalg/sparse/csr.ts";
import { splitByTime } from "../../../src/interactions/split.ts";
import { SIMILARITIES, type Similarity } from "../../../src/interactions/statistics.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { statisticsOf } from "../../../src/models/statistics/statistics_of.ts";
import {
  type ClusterShop,
  openShopOnSpark,
  type ShopOptions,
} from "../../../src/spark/train/open_shop_on_spark.ts";
import { clusterStatistics } from "../../../src/spark/statistics/cluster_statistics.ts";
import { assertSameMatrix, assertSameScores } from "./tolerance.ts";

const FILES = {
  // Two parts of one shop, the second after a pause of a week.
  "a.csv": simulatedText({ events: 4000, days: 10, seed: 3 }),
  "b.csv": simulatedText({ events: 1500, days: 4, seed: 3, start: "2019-10-21" }),
};

/** The same events here and on the cluster. */
interface Both {
  readonly local: ShopInteractions;
  readonly cluster: ClusterShop;
}

async function withBoth(
  run: (both: Both) => Promise<void>,
  options: Partial<Pick<ShopOptions, "sampledUsers" | "mostRatings">> = {},
) {
  await withFiles(FILES, async (folder) => {
    const paths = Object.keys(FILES).map((name) => `${folder}/${name}`);
    await using opened = await openEvents(paths);
    const local = await toInteractions([...opened.pieces]);
    await using cluster = await openShopOnSpark(paths, {
      ...{ master: master!, sampledUsers: Infinity },
      ...options,
    });
    assertEquals(cluster.report, opened.report);
    await run({ local, cluster });
  });
}

/** The rows and columns of some items, in their order. */
function selectSquare(matrix: Csr, items: Uint32Array): Csr {
  const rows = Array.from(items, (item) => {
    const values = new Float32Array(matrix.columns);
    const row = rowOf(matrix, item);
    row.indices.forEach((column, p) => values[column] = row.values[p]);
    const indices = Uint32Array.from(items.keys()).filter((place) => values[items[place]] > 0);
    return { indices, values: Float32Array.from(indices, (place) => values[items[place]]) };
  });
  return csrOfRows(rows, items.length);
}

function assertSameShop({ local, cluster: { interactions, all } }: Both): void {
  const { statistics, ...sampled } = interactions;
  assertEquals(sampled, local);
  assertEquals(all, { users: local.userIds.size, events: local.items.length });
  assertEquals(statistics!.times, local.times.toSorted());
  const [ours, theirs] = [splitByTime(local), splitByTime(interactions)];
  assertEquals(theirs.testStart, ours.testStart);
  assertEquals(theirs.validationStart, ours.validationStart);
}

async function assertSameSums(
  { local, cluster }: Both,
  span: { from?: number; to?: number },
): Promise<void> {
  const ours = statisticsOf(sliceByTime(local, span));
  const theirs = cluster.interactions.statistics!.within(span);
  assertEquals(await theirs.familiarity(), await ours.familiarity());
  for (const halfLifeDays of [7, 0.5, Infinity]) {
    const [expected, actual] = [ours, theirs].map((sums) => sums.popularity({ halfLifeDays }));
    assertSameScores(await actual, await expected);
  }
  assertEquals(await theirs.sessions(), await ours.sessions());
  const rules = { steps: 10, neighbors: 30, shrinkage: 0.5 };
  assertSameMatrix(await theirs.nextItems(rules), await ours.nextItems(rules));
}

const COMPARED = { neighbors: 40, shrinkage: 0.5, userPower: 0.7, popularityPower: 0.3 } as const;

/** So that each way of rating is compared. */
const RATING_OF: Partial<Record<Similarity, RatingMode>> = {
  conditional: "logsum",
  cosine: "max",
};

async function assertSameSimilar({ local, cluster }: Both, similarity: Similarity): Promise<void> {
  const rating = RATING_OF[similarity] ?? "sum";
  for (const pairHalfLifeDays of [Infinity, 2]) {
    const options = { ...COMPARED, similarity, rating, pairHalfLifeDays };
    assertSameMatrix(
      await cluster.interactions.statistics!.similarItems(options),
      await statisticsOf(local).similarItems(options),
    );
    assertSameScores(
      await cluster.interactions.statistics!.selfSimilarities(options),
      await statisticsOf(local).selfSimilarities(options),
    );
  }
}

/** The largest difference of two models' scores of the first users, by the largest score. */
async function largestGap(
  { local, cluster }: Both,
  model: string,
  options: object,
): Promise<number> {
  const algorithm = algorithmNamed(model);
  const ours = await algorithm.fit(local, options);
  const theirs = await algorithm.fit(cluster.interactions, options);
  const [expected, actual] = [ours, theirs].map(({ itemCount }) => new Float32Array(itemCount));
  let gap = 0, largest = 0;
  for (let user = 0; user < 50; user++) {
    ours.score(historyOf(local, user), expected);
    theirs.score(historyOf(local, user), actual);
    for (let item = 0; item < expected.length; item++) {
      gap = Math.max(gap, Math.abs(actual[item] - expected[item]));
      largest = Math.max(largest, Math.abs(expected[item]));
    }
  }
  assert(largest > 0, "there must be scores to compare");
  return gap / largest;
}

/**
 * Models made from how often items have the same users, and how far their scores may be from those
 * in memory.
 */
const FITTED: readonly [model: string, options: object, tolerance: number][] = [
  ["item_knn", {}, 1e-5],
  ["item_knn", { selfSimilarity: 0.5 }, 1e-5],
  // The Gram matrix converges in half the iterations, so the ratings need more.
  ["pure_svd", { factors: 8, iterations: 20 }, 1e-4],
  ["pure_svd", { factors: 64 }, 1e-5],
  // In memory the inverse is exact to three digits.
  ["ease", { inverse: "exact", neighbors: 5000 }, 2e-3],
  ["ease", { inverse: "exact", neighbors: 5000, userPower: 0, items: 100 }, 2e-3],
  ["ease", { inverse: "nearest", neighbors: 20, regularization: 5 }, 1e-4],
  ["blend", { members: [{ name: "item_knn" }, { name: "session_knn" }] }, 1e-5],
];

/** The other models. */
const FITTED_BESIDES: typeof FITTED = [
  ["popularity", {}, 1e-6],
  ["content", {}, 0],
  ["sequential_rules", {}, 1e-5],
  ["session_knn", {}, 0],
  // Fitted to the sample of users, who are all users here.
  ["als", { factors: 8 }, 0],
  ["svd", { factors: 4, epochs: 3 }, 0],
  ["graph_svd", { factors: 8 }, 0],
];

async function assertSameModels(
  t: Deno.TestContext,
  both: Both,
  models: typeof FITTED,
): Promise<void> {
  for (const [model, options, tolerance] of models) {
    await t.step(`${model} scores alike, ${JSON.stringify(options)}`, async () => {
      const gap = await largestGap(both, model, options);
      assert(gap <= tolerance, `the scores differ by ${gap}`);
    });
  }
}

Deno.test("a cluster's sums are those in memory", needsServer, (t) =>
  withBoth(async (both) => {
    await t.step("the shop is the same, if all users are sampled", () => assertSameShop(both));
    const span = { from: Date.UTC(2019, 9, 3) / 1000, to: Date.UTC(2019, 9, 23) / 1000 };
    for (const [name, of] of [["all events", {}], ["a period", span]] as const) {
      await t.step(`people and sequences of ${name}`, () => assertSameSums(both, of));
    }
    await assertSameModels(t, both, isSpark ? [] : FITTED_BESIDES);
  }));

for (
  const [where, mostRatings, kind] of [["here", 1e6, "ratings"], ["there", 0, "gram"]] as const
) {
  Deno.test(
    `ratings summed up ${where} are those in memory`,
    needsServer,
    (t) =>
      withBoth(async (both) => {
        const { statistics } = both.cluster.interactions;
        assertEquals((await statistics!.coRatings({ rating: "sum" })).kind, kind);
        for (const similarity of isSpark ? [SIMILARITIES[0]] : SIMILARITIES) {
          await t.step(`items by ${similarity}`, () => assertSameSimilar(both, similarity));
        }
        await assertSameModels(t, both, isSpark ? FITTED.slice(-1) : FITTED);
      }, { mostRatings }),
  );
}

Deno.test(
  "the newest sessions come here whole, if there are too many, and it is said",
  needsSail,
  () =>
    withBoth(async ({ local, cluster: { spark } }) => {
      const all = await statisticsOf(local).sessions();
      const notes: string[] = [];
      const statistics = clusterStatistics({
        ...{ spark, items: local.itemIds.size, times: local.times.toSorted() },
        ...{ sessionEvents: 1000, note: (text) => notes.push(text) },
      });
      const newest = await statistics.sessions();
      const from = local.times.toSorted().at(-1000)!;
      const first = all.ends.findIndex((end) => end >= from);
      assert(first > 0, "some sessions must be left out");
      const start = all.indptr[first];
      assertEquals(newest, {
        indptr: all.indptr.subarray(first).map((at) => at - start),
        items: all.items.subarray(start),
        weights: all.weights.subarray(start),
        ends: all.ends.subarray(first),
      });
      assertEquals(notes, [
        "Sessions of all events don't fit into memory: session_knn is made from the newest 1,000 " +
        `of ${formatCount(local.times.length)} events`,
      ]);
    }),
);

Deno.test(
  "pairs of items that come in parts are those of all users, and progress is reported",
  needsSail,
  () =>
    withBoth(({ local, cluster: { spark } }) =>
      withFolder(async (folder) => {
        const times = local.times.toSorted();
        const inParts = {
          ...{ spark, items: local.itemIds.size, times, folder, mostRatings: 0 },
          limits: { pairs: 3000, sums: 1500 },
        };
        const theirs = clusterStatistics(inParts);
        const ours = statisticsOf(local);
        const options = {
          ...COMPARED,
          similarity: "cosine",
          rating: "sum",
          pairHalfLifeDays: Infinity,
        } as const;
        const reported: number[] = [];
        const similar = await theirs.similarItems(options, (done) => reported.push(done));
        assertSameMatrix(similar, await ours.similarItems(options));
        assert(reported.length > 2 && reported[0] === 0);
        assertEquals(reported, reported.toSorted((a, b) => a - b));
        const ofGram: number[] = [];
        const { matrix: ratings } = await ours.coRatings({ rating: "sum" });
        const ofTheirs = (done: number) => ofGram.push(done);
        const { matrix: gram } = await theirs.coRatings({ rating: "sum" }, ofTheirs);
        assert(ofGram.length > 2 && ofGram.at(-1)! < 1);
        const byItem = transpose(ratings);
        for (let item = 0; item < 20; item++) {
          const expected = new Float32Array(gram.columns);
          const { indices: users, values } = rowOf(byItem, item);
          users.forEach((user, p) => {
            const row = rowOf(ratings, user);
            row.indices.forEach((other, q) => expected[other] += values[p] * row.values[q]);
          });
          const actual = new Float32Array(gram.columns);
          const row = rowOf(gram, item);
          row.indices.forEach((other, q) => actual[other] = row.values[q]);
          assertSameScores(actual, expected);
        }
        const chosen = await theirs.coRatings({ rating: "sum", mostPopular: 10 });
        assertEquals(chosen.items.length, 10);
        assertSameMatrix(chosen.matrix, selectSquare(gram, chosen.items));
        const notes: string[] = [];
        const limited = clusterStatistics({
          ...inParts,
          ...{ mostEntries: gram.values.length - 1, note: (text) => notes.push(text) },
        });
        const { matrix: leading } = await limited.coRatings({ rating: "sum" });
        const [left] = /\d+/.exec(notes.join()) ?? [];
        const ranked = await theirs.coRatings({ rating: "sum", mostPopular: 1e6 });
        const kept = ranked.items.slice(0, ranked.items.length - Number(left));
        assert(kept.length > 10 && kept.length < ranked.items.length);
        assertSameMatrix(selectSquare(leading, kept), selectSquare(gram, kept));
        assertEquals(leading.values.length, selectSquare(gram, kept).values.length);
      })
    ),
);

Deno.test(
  "a sample of users comes here, the same ones again, and all products",
  needsSail,
  () =>
    withBoth(async ({ local, cluster: { interactions, all } }) => {
      assertEquals(interactions.userIds.size, 100);
      assertEquals(all.users, local.userIds.size);
      assertEquals(interactions.itemIds, local.itemIds);
      assertEquals(interactions.catalogue, local.catalogue);
      for (let user = 0; user < 100; user++) {
        const original = local.userIds.indexOf(interactions.userIds.idAt(user));
        assertEquals(historyOf(interactions, user), historyOf(local, original));
      }
      const halfLife = { halfLifeDays: 7 };
      assertSameScores(
        await statisticsOf(interactions).popularity(halfLife),
        await statisticsOf(local).popularity(halfLife),
      );
    }, { sampledUsers: 100 }),
);
