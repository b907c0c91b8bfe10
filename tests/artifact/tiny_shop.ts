import type { Artifact, StoredInteractions } from "../../src/artifact/load.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { InsideHistories, requireInside } from "../../src/histories/inside.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import type { ShopInteractions } from "../../src/interactions/interactions.ts";
import type { ArtifactContents } from "../../src/artifact/write_contents.ts";
import type { WindowRow } from "../../src/artifact/evaluation_facts.ts";
import { perListMetric } from "../../src/evaluation/list_metrics.ts";
import { textColumn } from "../../src/interactions/catalogue.ts";
import { IdMap } from "../../src/interactions/id_map.ts";
import { groupByUser } from "../../src/interactions/interactions.ts";
import { PackedHistories } from "../../src/histories/packed_histories.ts";
import { csrOfRows } from "../../src/linalg/sparse/csr.ts";
import { readTensor, tensor } from "../../src/linalg/tensor.ts";
import type { Algorithm, Model } from "../../src/models/model.ts";
import { categoryNumbers } from "../../src/models/completion/category_popularity.ts";
import { Complements } from "../../src/models/complements/complements.ts";
import type { FittedComplements } from "../../src/models/complements/fit_complements.ts";
import { popularity } from "../../src/models/popularity.ts";

/**
 * Scores by a table: item j gets Σ w · table[i][j] over the events of a history, so that answers
 * can be worked out by hand.
 */
export const affinity: Algorithm = {
  name: "affinity",
  description: "Scores by a table",
  options: {},
  defaults: {},
  searchSpace: {},
  fit: () => affinityModel(),
  fromTensors: (tensors) => createAffinity(readTensor(tensors, "table", Float32Array).data),
};

/** The algorithms of the tiny shop's models. */
export const tinyAlgorithms: readonly Algorithm[] = [popularity, affinity];

/** What {@linkcode affinityModel} scores by, items × items. */
export const TABLE = [
  [9, 1, 2, 3, 0],
  [0, 9, 2, 1, 4],
  [1, 1, 9, 1, 1],
  [0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0],
];

/** Popularity's counts; products 200 and 400 share the first place. */
export const COUNTS = [5, 8, 2, 8, 1];

/** The model of {@linkcode TABLE}. */
export function affinityModel(): Model {
  return createAffinity(Float32Array.from(TABLE.flat()));
}

function createAffinity(table: Float32Array): Model {
  const itemCount = Math.sqrt(table.length);
  return {
    itemCount,
    score({ items, weights }, scores) {
      scores.fill(0);
      items.forEach((item, event) => {
        for (let j = 0; j < itemCount; j++) {
          scores[j] += weights[event] * table[item * itemCount + j];
        }
      });
    },
    toTensors: () => ({ table: tensor(table, [itemCount, itemCount]) }),
  };
}

/**
 * Five products and four users: ann saw 100 and bought 200, bob saw 300 twice, cleo is known but
 * did nothing that counts, and the fourth has an id that needs care in an address.
 */
export function tinyInteractions(): ShopInteractions {
  const catalogue = {
    categoryId: textColumn(["11", "22", "33", "22", "11"]),
    categoryCode: textColumn(["accessories.bag", "unknown", "unknown", "unknown", "unknown"]),
    brand: textColumn(["runail", "unknown", "runail", "irisk", "unknown"]),
    price: Float32Array.of(5.24, 0.5, 12, 0, 328),
  };
  const interactions = groupByUser({
    userIds: IdMap.from(["ann", "bob", "cleo", "100%/Ünï?"]),
    itemIds: IdMap.from(["100", "200", "300", "400", "500"]),
    users: Uint32Array.of(0, 1, 0, 1, 3),
    items: Uint32Array.of(0, 2, 1, 2, 4),
    weights: Float32Array.of(1, 1, 4, 1, 1),
    times: Uint32Array.of(1572566400, 1572566401, 1572566460, 1572566461, 1572652800),
    catalogue,
  });
  return { ...interactions, catalogue };
}

/** Interactions as an artifact holds them. */
export function stored(interactions: ShopInteractions): StoredInteractions {
  const packed = PackedHistories.pack(interactions);
  const { userIds, itemIds, catalogue } = interactions;
  return { itemIds, catalogue, histories: new InsideHistories({ userIds, packed }) };
}

/** The histories that an artifact has inside, and their users. */
export function inside({ interactions }: Pick<Artifact, "interactions">): InsideHistories {
  return requireInside(interactions.histories, "test");
}

/** The figures of `affinity` for new products on the test window; NDCG is 0.5, the rest 0. */
export function windowRow(changes: Partial<WindowRow> = {}): WindowRow {
  const zeros = { ...perListMetric(() => 0), coverage: 0, novelty: 0, gini: 0 };
  return {
    ...{ window: "test", model: "affinity", task: "new", k: 10, users: 7 },
    ...{ ...zeros, ndcg: 0.5, ...changes },
  };
}

/**
 * What goes together in four baskets: twice 100 and 200; 100 and 300; 200, 300 and 400. Bags, which
 * 100 is one of, go with category 22; its own two products, 200 and 400, are alternatives.
 */
export function tinyComplements(): Complements {
  const rows = (entries: readonly (readonly (readonly [number, number])[])[]) =>
    csrOfRows(
      entries.map((row) => ({
        indices: Uint32Array.from(row, ([column]) => column),
        values: Float32Array.from(row, ([, value]) => value),
      })),
      entries.length,
    );
  return new Complements({
    pairs: rows([[[1, 2], [2, 1]], [[0, 2], [2, 1], [3, 1]], [[0, 1], [1, 1], [3, 1]], [[1, 1], [
      2,
      1,
    ]], []]),
    baskets: Uint32Array.of(3, 3, 2, 1, 0),
    companions: Uint32Array.of(3, 4, 3, 2, 0),
    // Unknown, bags, none (the path "unknown"), 11, 22, 33.
    lifts: rows([[], [[4, 2], [5, 1]], [], [], [[1, 2], [4, 0], [5, 1]], [[1, 1], [4, 1]]]),
    categoryTotals: Float64Array.of(0, 3, 0, 0, 4, 2),
  }, categoryNumbers(tinyInteractions().catalogue));
}

/** {@linkcode tinyComplements} as training makes it. */
export function tinyFitted(): FittedComplements {
  const figures = { baskets: 4, omitted: 0, products: 4, pairs: 10, alternatives: 1 };
  return { table: tinyComplements(), figures };
}

/** Everything of the tiny shop that goes into an artifact. */
export function tinyContents(changes: Partial<ArtifactContents> = {}): ArtifactContents {
  const counts = popularity.fromTensors({ counts: tensor(Float32Array.from(COUNTS)) });
  return {
    interactions: tinyInteractions(),
    models: [
      { name: "popularity", options: { halfLifeDays: Infinity }, model: counts },
      { name: "affinity", options: {}, figures: { seconds: 0.25 }, model: affinityModel() },
    ],
    // The table is of these products' categories.
    ...(changes.interactions === undefined && { complements: tinyFitted() }),
    defaultModel: "affinity",
    decision: "affinity ranks best",
    facts: { sources: ["2019-Nov.csv"], rows: 7 },
    evaluation: [windowRow()],
    created: new Date("2019-11-03T12:00:00.500Z"),
    ...changes,
  };
}

/** The tiny shop's artifact, saved and loaded. */
export async function tinyArtifact(changes: Partial<ArtifactContents> = {}): Promise<Artifact> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await saveArtifact(folder, tinyContents(changes));
  return await loadArtifact(folder, { algorithms: tinyAlgorithms });
}
