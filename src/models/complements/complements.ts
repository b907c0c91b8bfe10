import type { Csr } from "../../linalg/sparse/csr.ts";
import {
  csrFromTensors,
  csrToTensors,
  forEachInRow,
  packCsr,
  type PackedCsr,
} from "../../linalg/sparse/packed_csr.ts";
import { readTensor, tensor, type Tensors } from "../../linalg/tensor.ts";
import { ALTERNATIVES, unseenLift } from "./category_lifts.ts";

/**
 * How many other products of its baskets a product needs until these say as much as its category.
 */
const PRIOR = 20;

/** What {@linkcode Complements} is made of. */
export interface ComplementsContents {
  /** Products × products: in how many baskets both are; most frequent partners only. */
  readonly pairs: Csr | PackedCsr;
  /** In how many baskets each product is. */
  readonly baskets: Uint32Array;
  /** How many other products are in these baskets, each time counted. */
  readonly companions: Uint32Array;
  /** See {@linkcode categoryLifts}. */
  readonly lifts: Csr | PackedCsr;
  /** The products of all baskets that the lifts were counted in, by category. */
  readonly categoryTotals: Float64Array;
}

/** A product to find complements of. */
export interface BasketProduct {
  /** Its item number; one that the table doesn't know is judged by its category. */
  readonly item: number;
  /** Its category, numbered as those of the table's products are; 0 for unknown. */
  readonly category: number;
}

/** What says that two products go together. */
export interface PairEvidence {
  /** The baskets with both. */
  readonly baskets: number;
  /**
   * How many times as often as by chance they are together, shrunk towards the lift of their
   * categories.
   */
  readonly lift: number;
  /** The lift of their categories; 1 if one of them is unknown. */
  readonly categoryLift: number;
}

/**
 * Which products go together, from baskets. The probability that another product of a basket with
 * `q` is `c` is estimated from the pair's baskets, shrunk towards what their categories and the
 * popularity of `c` say (Dirichlet prior; Zhai and Lafferty, "A study of smoothing methods for
 * language models", SIGIR 2001):
 *
 *     p(c | q) = (pairs(q, c) + μ · lift(category q, category c) · p(c)) / (companions(q) + μ)
 *     p(c)     = baskets(c) / Σ baskets
 *     lift     = p(c | q) / p(c)
 *
 * A product without baskets thus gets what goes with its category and, where that says nothing,
 * what is popular in baskets. The score for a basket is the mean over its products. Alternatives
 * of any of them are held back.
 */
export class Complements {
  readonly #contents: ComplementsContents;
  readonly #categories: Uint32Array;
  /** The number of products of all baskets. */
  readonly #sum: number;
  readonly #categorySum: number;

  /**
   * @param categories One number per item, 0 for unknown.
   * @throws {RangeError} If the contents don't fit together.
   */
  constructor(contents: ComplementsContents, categories: Uint32Array) {
    const { pairs, baskets, companions, lifts, categoryTotals } = contents;
    const items = categories.length;
    for (
      const [name, length] of [
        ["pairs", pairs.rows],
        ["pairs' columns", pairs.columns],
        ["baskets", baskets.length],
        ["companions", companions.length],
      ] as const
    ) {
      if (length !== items) {
        throw new RangeError(`${name} must hold ${items} products, it holds ${length}`);
      }
    }
    const count = 1 + categories.reduce((a, b) => Math.max(a, b), 0);
    for (
      const [name, length] of [
        ["lifts", lifts.rows],
        ["lifts' columns", lifts.columns],
        ["categoryTotals", categoryTotals.length],
      ] as const
    ) {
      if (length !== count) {
        throw new RangeError(`${name} must hold ${count} categories, it holds ${length}`);
      }
    }
    this.#contents = { ...contents, pairs: packed(pairs), lifts: packed(lifts) };
    this.#categories = categories;
    this.#sum = baskets.reduce((a, b) => a + b, 0);
    this.#categorySum = categoryTotals.reduce((a, b) => a + b, 0);
  }

  /** Number of products. */
  get itemCount(): number {
    return this.#categories.length;
  }

  /** The category of a product of the table. */
  categoryOf(item: number): number {
    return this.#categories[item];
  }

  /**
   * Scores every product by how well it goes with a basket, from 0 to 1; `-Infinity` for the
   * basket's own products, alternatives of them, and products that no basket has.
   *
   * @param basket At least one product.
   * @param scores One place per item, or more; the others are set to `-Infinity`.
   */
  score(basket: readonly BasketProduct[], scores: Float32Array): void {
    const { pairs, baskets, companions } = this.#contents;
    const priors = this.#priorsOf(basket);
    scores.fill(-Infinity);
    for (let other = 0; other < baskets.length; other++) {
      if (baskets[other] > 0) scores[other] = priors[this.#categories[other]] * baskets[other];
    }
    for (const { item } of basket) {
      if (item >= baskets.length) continue;
      const weight = 1 / (companions[item] + PRIOR) / basket.length;
      forEachInRow(pairs, item, (other, count) => scores[other] += weight * Math.round(count));
    }
    for (const { item } of basket) if (item < scores.length) scores[item] = -Infinity;
  }

  /**
   * By category: what its products score for each basket that they are in, before their pairs;
   * `-Infinity` for alternatives.
   */
  #priorsOf(basket: readonly BasketProduct[]): Float64Array {
    const { companions, categoryTotals } = this.#contents;
    const priors = new Float64Array(categoryTotals.length);
    for (const { item, category } of basket) {
      const weight = PRIOR / ((companions[item] ?? 0) + PRIOR) / this.#sum / basket.length;
      this.#liftsOf(category).forEach((lift, other) => {
        priors[other] += lift === ALTERNATIVES ? -Infinity : weight * lift;
      });
    }
    return priors;
  }

  /**
   * What says that the products of a basket go with others.
   *
   * @returns A function of another product's item number, which some basket must have; it returns
   * the evidence of each product of the basket, in their order.
   */
  evidence(basket: readonly BasketProduct[]): (other: number) => PairEvidence[] {
    const { pairs, baskets, companions } = this.#contents;
    const known = basket.map(({ item, category }) => {
      const counts = new Map<number, number>();
      if (item < this.itemCount) {
        forEachInRow(pairs, item, (partner, count) => counts.set(partner, Math.round(count)));
      }
      return { counts, lifts: this.#liftsOf(category), companions: companions[item] ?? 0 };
    });
    return (other) => {
      const chance = baskets[other] / this.#sum;
      return known.map(({ counts, lifts, companions }) => {
        const together = counts.get(other) ?? 0;
        const categoryLift = lifts[this.#categories[other]];
        const share = (together + PRIOR * categoryLift * chance) / (companions + PRIOR);
        return { baskets: together, lift: share / chance, categoryLift };
      });
    };
  }

  /** The lift of a category with every other one. */
  #liftsOf(category: number): Float32Array {
    const { lifts, categoryTotals } = this.#contents;
    const counts = { totals: categoryTotals, sum: this.#categorySum };
    if (category === 0) return new Float32Array(categoryTotals.length).fill(1);
    const row = Float32Array.from(
      categoryTotals,
      (_, other) => unseenLift(counts, category, other),
    );
    forEachInRow(lifts, category, (other, lift) => row[other] = lift);
    row[0] = 1;
    return row;
  }

  /** Everything as tensors, without the categories, which the catalogue has. */
  toTensors(): Tensors {
    const { pairs, baskets, companions, lifts, categoryTotals } = this.#contents;
    return {
      ...prefixed("pairs", csrToTensors(pairs)),
      ...prefixed("lifts", csrToTensors(lifts)),
      baskets: tensor(baskets),
      companions: tensor(companions),
      categoryTotals: tensor(categoryTotals),
    };
  }

  /**
   * The inverse of {@linkcode Complements.toTensors}, without copying.
   *
   * @throws {TypeError} If a tensor is missing or has another type.
   * @throws {RangeError} If the tensors don't fit together.
   */
  static fromTensors(tensors: Tensors, categories: Uint32Array): Complements {
    return new Complements({
      pairs: csrFromTensors(unprefixed("pairs", tensors)),
      lifts: csrFromTensors(unprefixed("lifts", tensors)),
      baskets: readTensor(tensors, "baskets", Uint32Array).data,
      companions: readTensor(tensors, "companions", Uint32Array).data,
      categoryTotals: readTensor(tensors, "categoryTotals", Float64Array).data,
    }, categories);
  }
}

function packed(matrix: Csr | PackedCsr): PackedCsr {
  return "bytes" in matrix ? matrix : packCsr(matrix);
}

function prefixed(prefix: string, tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [`${prefix}_${name}`, tensor]),
  );
}

function unprefixed(prefix: string, tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).filter(([name]) => name.startsWith(`${prefix}_`))
      .map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]),
  );
}
