import { listVersions } from "../../../../src/artifact/current.ts";
import { FORMAT_VERSION } from "../../../../src/artifact/manifest.ts";
import { saveArtifact } from "../../../../src/artifact/save.ts";
import type { TrainedModel } from "../../../../src/artifact/write_contents.ts";
import { SECONDS_PER_DAY } from "../../../../src/base/time.ts";
import { type Catalogue, textColumn, UNKNOWN } from "../../../../src/interactions/catalogue.ts";
import { IdMap } from "../../../../src/interactions/id_map.ts";
import type { ShopInteractions } from "../../../../src/interactions/interactions.ts";
import { createRandom } from "../../../../src/linalg/random.ts";
import { als } from "../../../../src/models/als.ts";
import { popularity } from "../../../../src/models/popularity.ts";
import { svd } from "../../../../src/models/svd.ts";
import type { Reporter } from "../../../lib/reporter.ts";
import type { ShopIds } from "./service_requests.ts";
import { syntheticMatrix, type SyntheticSize } from "../synthetic_matrix.ts";

/** Ids have as many digits as those in the REES46 data. */
const FIRST_USER = 400_000_000;
const FIRST_PRODUCT = 5_000_000;

const FIRST_SECOND = Date.UTC(2019, 9, 1) / 1000;
const MONTH_SECONDS = 31 * SECONDS_PER_DAY;

/** Of twenty events, three are carts and two are purchases. */
const WEIGHTS = [...Array(15).fill(1), 2, 2, 2, 4, 4];

const BRANDS = 500;
const CATEGORIES = 300;

/** Few epochs are enough: the cost of a list doesn't depend on how well the model is fitted. */
const MODELS = [
  { algorithm: popularity, options: {} },
  { algorithm: svd, options: { epochs: 2 } },
  { algorithm: als, options: { iterations: 4 } },
] as const;

function benchUserId(user: number): string {
  return String(FIRST_USER + 7 * user);
}

/** The id of a synthetic product. */
export function benchProductId(item: number): string {
  return String(FIRST_PRODUCT + 3 * item);
}

/** Typical filters of a shop's pages, broad and narrow. */
const FILTERS = [
  "brand=brand7",
  "category=group2",
  "minPrice=3",
  "maxPrice=1.2",
  "category=group4&minPrice=3",
  "brand=brand9&maxPrice=8",
];

/** The ids of a synthetic shop. */
export function benchShop({ users, items }: Pick<SyntheticSize, "users" | "items">): ShopIds {
  return {
    users: Array.from({ length: users }, (_, user) => benchUserId(user)),
    products: Array.from({ length: items }, (_, item) => benchProductId(item)),
    filters: FILTERS,
    category: "group6",
  };
}

/** A synthetic shop's events, ids and catalogue; the same on every call. */
export function benchInteractions(size: SyntheticSize): ShopInteractions {
  const { indptr, indices } = syntheticMatrix(size);
  const { users, products } = benchShop(size);
  const random = createRandom(2);
  const times = Uint32Array.from(indices, () => FIRST_SECOND + random.integer(MONTH_SECONDS));
  for (let user = 0; user < size.users; user++) {
    times.subarray(indptr[user], indptr[user + 1]).sort();
  }
  return {
    userIds: IdMap.from(users),
    itemIds: IdMap.from(products),
    indptr,
    items: indices,
    weights: Float32Array.from(indices, () => WEIGHTS[random.integer(WEIGHTS.length)]),
    times,
    catalogue: catalogueOf(size.items),
  };
}

function catalogueOf(items: number): Catalogue {
  const random = createRandom(3);
  const column = (textOf: (number: number) => string, count: number) =>
    textColumn(Array.from({ length: items }, () => textOf(random.integer(count))));
  return {
    categoryId: column((n) => `14875800${1000 + n}`, CATEGORIES),
    // Half of the products have a path.
    categoryCode: column((n) => n % 2 ? UNKNOWN : `group${n % 10}.kind${n}`, CATEGORIES),
    brand: column((n) => n % 5 ? `brand${n}` : UNKNOWN, BRANDS),
    price: Float32Array.from({ length: items }, () => Math.round(100 * 2 ** random.normal()) / 20),
  };
}

/**
 * The folder of a synthetic shop's artifact with popularity, svd and als, the default model. The
 * folder stays in `data`; artifacts of another format aren't used.
 *
 * @param options `versions`: how many versions of the artifact to have, the same but for their
 * names. Default 1.
 */
export async function benchArtifact(
  size: SyntheticSize,
  reporter: Reporter,
  { versions = 1 } = {},
): Promise<string> {
  const folder = `data/bench-shop-${FORMAT_VERSION}-${size.users}x${size.items}x${size.pairs}`;
  const present = (await listVersions(folder)).length;
  if (present >= versions) return folder;
  const interactions = benchInteractions(size);
  const models: TrainedModel[] = [];
  for (const { algorithm, options } of MODELS) {
    const progress = reporter.stage(`Fitting ${algorithm.name} on ${size.pairs} events`);
    const model = await algorithm.fit(interactions, options, progress);
    models.push({ name: algorithm.name, options, model });
  }
  for (let version = present; version < versions; version++) {
    await saveArtifact(folder, {
      interactions,
      models,
      defaultModel: als.name,
      facts: { sources: ["synthetic shop"] },
      created: new Date(Date.UTC(2019, 10, 1 + version)),
    });
  }
  return folder;
}
