import type { z } from "zod";
import type { Artifact } from "../../artifact/load.ts";
import { shortestDecimal } from "../../base/float32.ts";
import { categoryOf } from "../../interactions/catalogue.ts";
import { EMPTY_HISTORY } from "../../interactions/history.ts";
import { categoryNumbers } from "../../models/completion/category_popularity.ts";
import type {
  BasketProduct,
  Complements,
  PairEvidence,
} from "../../models/complements/complements.ts";
import { rankScores } from "../../models/rank.ts";
import type { Filters } from "../catalogue/filters.ts";
import { hiddenProducts } from "../catalogue/hidden_products.ts";
import type { Products } from "../catalogue/products.ts";
import type { togetherAnswer, togetherProduct } from "../schema/answers.ts";
import type { Immutable } from "../schema/immutable.ts";

/** What goes with a basket, best first. */
export type TogetherList = Immutable<z.output<typeof togetherAnswer>>;

type TogetherProduct = Immutable<z.output<typeof togetherProduct>>;

/** The options of a {@linkcode TogetherList}. */
export interface TogetherRequest extends Filters {
  readonly k?: number;
  readonly offset?: number;
  readonly explain?: boolean;
}

/** How many of the basket's products an explanation names. */
const MOST_REASONS = 5;

/** Finds what goes with the products of a basket, from the artifact's table. */
export class Together {
  /** Why the artifact has no table; undefined if it has one. */
  readonly absent: string | undefined;
  readonly #table: Complements | undefined;
  readonly #artifact: Artifact;
  readonly #products: Products;
  #categories: ReadonlyMap<string, number> | undefined;

  constructor(artifact: Artifact, products: Products) {
    const { complements, manifest } = artifact;
    this.#table = complements;
    this.#artifact = artifact;
    this.#products = products;
    this.absent = complements
      ? undefined
      : manifest.complements?.absent ?? "an earlier version of the program made it";
  }

  /**
   * What goes with a basket: products that are in baskets with its own, else those of categories
   * that go together, else what is popular in baskets. Omits the basket's own products, their
   * alternatives, products out of stock and those that don't pass the filters.
   *
   * @param productIds At least one; those that nobody knows are listed in the answer.
   * @throws {TypeError} If the artifact has no table; see {@linkcode Together.absent}.
   */
  list(
    productIds: readonly string[],
    { k = 10, offset = 0, explain = false, ...filters }: TogetherRequest = {},
  ): TogetherList {
    if (!this.#table) throw new TypeError(`Cannot find what goes together: ${this.absent}`);
    const known = productIds.filter((productId) => this.#products.indexOf(productId) >= 0);
    const basket = known.map((productId) => this.#basketProduct(productId));
    // A basket that nobody knows gets what is popular in baskets.
    const query = basket.length > 0 ? basket : [{ item: this.#products.size, category: 0 }];
    const scores = new Float32Array(this.#products.size);
    this.#table.score(query, scores);
    const { indices, scores: best } = rankScores(scores, EMPTY_HISTORY, {
      k: k + offset,
      hidden: hiddenProducts(this.#products, filters),
    });
    const evidenceOf = this.#table.evidence(query);
    const items = Array.from(indices.subarray(offset), (item, place): TogetherProduct => {
      const evidence = evidenceOf(item);
      return {
        ...this.#products.facts(item),
        score: shortestDecimal(best[offset + place]),
        source: sourceOf(evidence),
        ...(explain && { because: reasons(known, evidence) }),
      };
    });
    const unknown = productIds.filter((productId) => !known.includes(productId));
    return { productIds: [...productIds], unknown, strategy: strategyOf(items), items };
  }

  #basketProduct(productId: string): BasketProduct {
    const item = this.#products.indexOf(productId);
    if (item < this.#products.known) return { item, category: this.#table!.categoryOf(item) };
    // Added since the training: the number that its category had there.
    this.#categories ??= categoriesByName(this.#artifact);
    return {
      item,
      category: this.#categories.get(categoryOf(this.#products.catalogue, item)) ?? 0,
    };
  }
}

function categoriesByName(
  { interactions: { catalogue, itemIds } }: Artifact,
): ReadonlyMap<string, number> {
  const numbers = categoryNumbers(catalogue);
  return new Map(
    Array.from({ length: itemIds.size }, (_, item) => [categoryOf(catalogue, item), numbers[item]]),
  );
}

function sourceOf(evidence: readonly PairEvidence[]): TogetherProduct["source"] {
  if (evidence.some(({ baskets }) => baskets > 0)) return "pair";
  return evidence.some(({ categoryLift }) => categoryLift > 1) ? "category" : "popularity";
}

function strategyOf(items: readonly TogetherProduct[]): TogetherList["strategy"] {
  if (items.every(({ source }) => source === "popularity")) return "popular";
  return items.some(({ source }) => source === "popularity") ? "mixed" : "together";
}

/** The products of the basket that are most in favour, and how often they were together. */
function reasons(
  productIds: readonly string[],
  evidence: readonly PairEvidence[],
): TogetherProduct["because"] {
  return productIds.map((productId, i) => ({
    productId,
    baskets: evidence[i].baskets,
    lift: Number(evidence[i].lift.toPrecision(4)),
  })).sort((a, b) => b.baskets - a.baskets || b.lift - a.lift).slice(0, MOST_REASONS);
}
