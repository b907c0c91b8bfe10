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
import { boostScores } from "./boosted.ts";
import type { Adjustment, RecommendedProduct } from "./recommendation.ts";
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

/** What the table of products that go together is called among models. */
export const TOGETHER_MODEL = "together";

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
    const found = this.#find(
      known.map((productId) => this.#products.indexOf(productId)),
      { k: k + offset, hidden: hiddenProducts(this.#products, filters) },
    );
    const items = found.slice(offset).map(({ item, score, evidence }): TogetherProduct => ({
      ...this.#products.facts(item),
      score,
      source: sourceOf(evidence),
      ...(explain && { because: reasons(known, evidence) }),
    }));
    const unknown = productIds.filter((productId) => !known.includes(productId));
    return { productIds: [...productIds], unknown, strategy: strategyOf(items), items };
  }

  /**
   * What goes with some products, as part of a placement's list: only what baskets or their
   * categories say, nothing that is merely popular. Nothing if the artifact has no table.
   *
   * @param items The item numbers of the products.
   */
  complements(
    items: readonly number[],
    { k = 10, allowed, factors }: Pick<Adjustment, "allowed" | "factors"> & { k?: number },
  ): RecommendedProduct[] {
    if (!this.#table || items.length === 0) return [];
    const hidden = hiddenProducts(this.#products, {}, allowed);
    return this.#find(items, { k, hidden, factors }).flatMap(({ item, score, evidence }) => {
      const source = sourceOf(evidence);
      if (source === "popularity") return [];
      const facts = this.#products.facts(item);
      return [{ ...facts, score, source: source === "pair" ? "model" : "category" }];
    });
  }

  /** The best products for a basket; what is popular in baskets for one that nobody knows. */
  #find(
    items: readonly number[],
    { k, hidden, factors }: Pick<Adjustment, "factors"> & { k: number; hidden: Uint32Array },
  ): { item: number; score: number; evidence: PairEvidence[] }[] {
    const basket = items.length > 0
      ? items.map((item) => this.#basketProduct(item))
      : [{ item: this.#products.size, category: 0 }];
    const table = this.#table!;
    const scores = new Float32Array(this.#products.size);
    table.score(basket, scores);
    boostScores(scores, factors);
    const { indices, scores: best } = rankScores(scores, EMPTY_HISTORY, { k, hidden });
    const evidenceOf = table.evidence(basket);
    return Array.from(indices, (item, place) => ({
      item,
      score: shortestDecimal(best[place]),
      evidence: evidenceOf(item),
    }));
  }

  #basketProduct(item: number): BasketProduct {
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
