/** Runs one workload and prints its figures as JSON: `speed_once.ts <workload> <arguments…>`. */
import { mean } from "../../../../src/base/statistics.ts";
import { predictEntries, rangeOf } from "../../../../src/evaluation/rating_folds.ts";
import { ratingErrors } from "../../../../src/evaluation/rating_errors.ts";
import { EMPTY_HISTORY } from "../../../../src/interactions/history.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import { historyOf, type Interactions } from "../../../../src/interactions/interactions.ts";
import type { Csr } from "../../../../src/linalg/sparse/csr.ts";
import { randomizedSvd } from "../../../../src/linalg/kernels/randomized_svd.ts";
import { filledSize } from "../../../../src/linalg/sparse/filled_size.ts";
import { als } from "../../../../src/models/als.ts";
import { factorizeRatings } from "../../../../src/models/factors/biased_factorization.ts";
import { itemKnn } from "../../../../src/models/item_knn.ts";
import type { Model } from "../../../../src/models/model.ts";
import { rankBatch } from "../../../../src/models/rank.ts";
import { svd } from "../../../../src/models/svd.ts";
import { medians } from "../medians.ts";
import { readRatingFold } from "../quality/rating_folds.ts";
import { type Elapsed, stopwatch } from "../stopwatch.ts";
import { readMatrix } from "../synthetic_matrix.ts";
import { RANK } from "./shop_workloads.ts";
import type { SpeedFigures, Workload } from "./speed.ts";

/**
 * The same as for implicit's models in `peers/als.py` and `peers/rank.py`, where a pair without
 * events weighs as much as one with an event.
 */
function alsOptions(matrix: Csr) {
  const unobservedRatio = 1 / filledSize(matrix).density;
  return { factors: 64, regularization: 0.01, unobservedRatio, frequencyPower: 0 };
}

/** Lists that are computed in one batch, and one at a time. */
const LISTS = { batched: 20_000, single: 500 };

const workloads: Readonly<Record<Workload, (args: string[]) => Promise<SpeedFigures[]>>> = {
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
    const matrix = await readMatrix(folder, Number(columns));
    const train = toInteractions(matrix);
    const sweeps: Elapsed[] = [];
    let elapsed = stopwatch();
    await als.fit(train, { ...alsOptions(matrix), iterations: 6 }, (done) => {
      if (done * 12 % 2 > 0.5) return;
      sweeps.push(elapsed());
      elapsed = stopwatch();
    });
    // The first sweep includes the start of the workers.
    const metrics = medians(sweeps.slice(1));
    return ["als, exact", "als, conjugate gradient"].map((name) => ({ name, metrics }));
  },

  async rank([folder, columns]) {
    const matrix = await readMatrix(folder, Number(columns));
    const train = toInteractions(matrix);
    const model = await als.fit(train, { ...alsOptions(matrix), iterations: 3 });
    // The first list computes and caches what depends on the items only.
    rankBatch(model, [EMPTY_HISTORY]);
    const batch = historiesOf(train, LISTS.batched);
    const elapsed = stopwatch();
    rankBatch(model, batch);
    return [
      { name: `${LISTS.batched} lists`, metrics: { ...elapsed() } },
      { name: "one list", metrics: singleLists(model, train) },
    ];
  },

  async knn([folder, columns]) {
    const train = toInteractions(await readMatrix(folder, Number(columns)));
    const elapsed = stopwatch();
    await itemKnn.fit(train, {
      ...{ similarity: "cosine", neighbors: 20, userPower: 0, shrinkage: 0, rating: "max" },
    });
    return [{ name: "item_knn, cosine", metrics: { ...elapsed() } }];
  },

  async "pure-svd"([folder, columns]) {
    const matrix = await readMatrix(folder, Number(columns));
    const elapsed = stopwatch();
    const { singularValues } = await randomizedSvd(matrix, { rank: RANK, iterations: 4, seed: 1 });
    const energy = singularValues.reduce((sum, value) => sum + value ** 2, 0);
    const share = energy / matrix.values.length;
    return [{ name: `pure_svd, rank ${RANK}`, metrics: { ...elapsed(), energy: share } }];
  },
};

function singleLists(model: Model, train: Interactions): Record<string, number> {
  const runs = historiesOf(train, LISTS.single).map((history) => {
    const elapsed = stopwatch();
    rankBatch(model, [history]);
    return elapsed();
  });
  return medians(runs);
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

if (import.meta.main) {
  const [workload, ...args] = Deno.args;
  console.log(JSON.stringify(await workloads[workload as Workload](args)));
}
