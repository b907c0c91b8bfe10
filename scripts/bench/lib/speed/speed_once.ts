/** Does one benchmark's work in a process of its own, and prints what it took as JSON: `<bench> <arguments>`. */
import { mean, median } from "../../../../src/base/statistics.ts";
import { predictEntries, rangeOf } from "../../../../src/evaluation/rating_folds.ts";
import { ratingErrors } from "../../../../src/evaluation/metrics.ts";
import { EMPTY_HISTORY } from "../../../../src/interactions/history.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import { historyOf, type Interactions } from "../../../../src/interactions/interactions.ts";
import type { Csr } from "../../../../src/linalg/sparse/csr.ts";
import { randomizedSvd } from "../../../../src/linalg/kernels/randomized_svd.ts";
import { als } from "../../../../src/models/als.ts";
import { factorizeRatings } from "../../../../src/models/factors/biased_factorization.ts";
import { itemKnn } from "../../../../src/models/item_knn.ts";
import type { Model } from "../../../../src/models/model.ts";
import { rankBatch } from "../../../../src/models/rank.ts";
import { svd } from "../../../../src/models/svd.ts";
import { readRatingFold } from "../quality/rating_folds.ts";
import type { SpeedFigures } from "./speed.ts";
import { type Elapsed, stopwatch } from "../stopwatch.ts";
import { readMatrix } from "./synthetic_matrix.ts";

/** What implicit's models are given too. */
const ALS = { factors: 64, regularization: 0.01, unobservedWeight: 1, frequencyPower: 0 };

/** Users whose lists are asked for together, and one by one. */
const LISTS = { together: 20_000, alone: 500 };

const works: Readonly<Record<string, (args: string[]) => Promise<SpeedFigures[]>>> = {
  async svd([folder]) {
    const measured: (Elapsed & { rmse: number })[] = [];
    for (const number of [1, 2, 3, 4, 5]) {
      const { train, test } = await readRatingFold(folder, number);
      const elapsed = stopwatch();
      const learned = factorizeRatings(train, svd.defaults);
      const { seconds, cpu_seconds } = elapsed();
      const predicted = predictEntries(learned, train, test, rangeOf(train));
      measured.push({ seconds, cpu_seconds, rmse: ratingErrors(predicted, test.values).rmse });
    }
    const rmse = mean(measured.map((one) => one.rmse));
    return [{ name: "svd", metrics: { ...medians(measured), rmse } }];
  },

  async als([folder, columns]) {
    const train = toInteractions(await readMatrix(folder, Number(columns)));
    const sweeps: Elapsed[] = [];
    let elapsed = stopwatch();
    await als.fit(train, { ...ALS, iterations: 6 }, (done) => {
      if (done * 12 % 2 > 0.5) return;
      sweeps.push(elapsed());
      elapsed = stopwatch();
    });
    // The first waits for the Workers to start.
    const metrics = medians(sweeps.slice(1));
    return ["als, exact", "als, conjugate gradient"].map((name) => ({ name, metrics }));
  },

  async rank([folder, columns]) {
    const train = toInteractions(await readMatrix(folder, Number(columns)));
    const model = await als.fit(train, { ...ALS, iterations: 3 });
    // The first list prepares the items.
    rankBatch(model, [EMPTY_HISTORY]);
    const together = historiesOf(train, LISTS.together);
    const elapsed = stopwatch();
    rankBatch(model, together);
    return [
      { name: `${LISTS.together} lists`, metrics: { ...elapsed() } },
      { name: "one list", metrics: listOfOne(model, train) },
    ];
  },

  async knn([folder, columns]) {
    const train = toInteractions(await readMatrix(folder, Number(columns)));
    const elapsed = stopwatch();
    await itemKnn.fit(train, { similarity: "cosine", neighbors: 20, userPower: 0, rating: "max" });
    return [{ name: "item_knn, cosine", metrics: { ...elapsed() } }];
  },

  async "pure-svd"([folder, columns]) {
    const matrix = await readMatrix(folder, Number(columns));
    const elapsed = stopwatch();
    const { singularValues } = await randomizedSvd(matrix, { rank: 64, iterations: 4, seed: 1 });
    const energy = singularValues.reduce((sum, value) => sum + value ** 2, 0);
    const share = energy / matrix.values.length;
    return [{ name: "pure_svd, rank 64", metrics: { ...elapsed(), energy: share } }];
  },
};

function listOfOne(model: Model, train: Interactions): Record<string, number> {
  const each = historiesOf(train, LISTS.alone).map((history) => {
    const elapsed = stopwatch();
    rankBatch(model, [history]);
    return elapsed();
  });
  return medians(each);
}

function historiesOf(train: Interactions, count: number) {
  return Array.from(
    { length: Math.min(count, train.userIds.size) },
    (_, user) => historyOf(train, user),
  );
}

function toInteractions({ rows, columns, indptr, indices, values }: Csr): Interactions {
  const ids = (count: number) => IdMap.from(Array.from({ length: count }, (_, i) => String(i)));
  return {
    userIds: ids(rows),
    itemIds: ids(columns),
    indptr,
    items: indices,
    weights: values,
    times: new Uint32Array(indices.length),
  };
}

function medians<Name extends string>(
  measured: readonly Readonly<Record<Name, number>>[],
): Record<Name, number> {
  const names = Object.keys(measured[0]) as Name[];
  const values = names.map((name) => [name, median(measured.map((one) => one[name]))]);
  return Object.fromEntries(values);
}

if (import.meta.main) {
  const [bench, ...args] = Deno.args;
  console.log(JSON.stringify(await works[bench](args)));
}
