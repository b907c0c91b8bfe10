import { type TextColumn, UNKNOWN } from "../../../interactions/catalogue.ts";
import type { Products } from "../../catalogue/products.ts";
import type { NamedRule } from "../definition/placements.ts";
import { type Outcome, withEffect } from "./outcome.ts";

/** A limit to how many products of one kind a list has. */
export interface Cap extends Pick<Outcome, "rule" | "effect"> {
  /** What one kind is called in explanations. */
  readonly kind: string;
  readonly most: number;
  /** The kind of every product, 0 for those that aren't limited. */
  readonly groups: ArrayLike<number>;
  /** Whether products beyond it come last instead of never; it is no rule's then. Default false. */
  readonly isSoft?: boolean;
}

const brandCache = new WeakMap<
  Products,
  { readonly descriptionSequence: number; readonly brands: Uint32Array }
>();

/** Counts the products of a list by their kinds, and says which ones it has room for. */
export class Caps {
  readonly #caps: readonly Cap[];
  readonly #counts: readonly Map<number, number>[];

  private constructor(caps: readonly Cap[], counts: readonly Map<number, number>[]) {
    this.#caps = caps;
    this.#counts = counts;
  }

  /**
   * The caps in effect, of an empty list.
   *
   * @param options `categories`: the category of every product, 0 if it isn't known. `more`:
   *   further limits.
   */
  static of(
    rules: readonly NamedRule[],
    { products, categories, more }: {
      products: Products;
      categories: () => Uint32Array;
      more: readonly Cap[];
    },
  ): Caps {
    const ofRules = withEffect(rules, "cap").map(({ name, cap: { by, most } }): Cap => ({
      ...{ rule: name, effect: "cap", kind: `products of one ${by}`, most },
      groups: by === "brand" ? brandsOf(products) : categories(),
    }));
    const caps = [...ofRules, ...more];
    return new Caps(caps, caps.map(() => new Map()));
  }

  /** The same, to try something. */
  copy(): Caps {
    return new Caps(this.#caps, this.#counts.map((counts) => new Map(counts)));
  }

  /** Whether some are soft. */
  get areSoft(): boolean {
    return this.#caps.some(({ isSoft }) => isSoft);
  }

  /** The same, of the same list, without those that are soft. */
  withoutSoft(): Caps {
    const hard = [...this.#caps.keys()].filter((cap) => !this.#caps[cap].isSoft);
    return new Caps(hard.map((cap) => this.#caps[cap]), hard.map((cap) => this.#counts[cap]));
  }

  /** Whether the list has no room for a product. */
  isFull(item: number): boolean {
    return this.#caps.some(({ groups, most }, cap) =>
      groups[item] > 0 && (this.#counts[cap].get(groups[item]) ?? 0) >= most
    );
  }

  /** Disallows the products that the list has no room for, except for some. */
  disallowFull(allowed: Uint8Array, kept: ReadonlySet<number>): void {
    this.#caps.forEach(({ groups, most }, cap) => {
      const counts = this.#counts[cap];
      // A cap of 0 is full before anything is counted.
      if (most > 0 && counts.values().every((count) => count < most)) return;
      for (let item = 0; item < allowed.length; item++) {
        const isFull = groups[item] > 0 && (counts.get(groups[item]) ?? 0) >= most;
        if (isFull && !kept.has(item)) allowed[item] = 0;
      }
    });
  }

  /** Counts a product, or with -1 discounts it. */
  add(item: number, by: 1 | -1 = 1): void {
    this.#caps.forEach(({ groups }, cap) => {
      const group = groups[item];
      if (group > 0) this.#counts[cap].set(group, (this.#counts[cap].get(group) ?? 0) + by);
    });
  }

  /** Counts a product if there is room for it, and says whether there was. */
  take(item: number): boolean {
    if (this.isFull(item)) return false;
    this.add(item);
    return true;
  }

  /** What became of each cap: only pins can exceed it. */
  outcomes(): Outcome[] {
    return this.#caps.flatMap(({ rule, effect, kind, most, isSoft }, cap) => {
      if (isSoft) return [];
      const largest = Math.max(0, ...this.#counts[cap].values());
      const detail = `pins put ${largest} ${kind} into the list`;
      return {
        ...{ rule, effect },
        ...(largest <= most ? { isMet: true } : { isMet: false, detail }),
      };
    });
  }
}

/**
 * The brand of every product in any case, 0 if it isn't known. Cached until
 * a description changes.
 */
function brandsOf(products: Products): Uint32Array {
  const { descriptionSequence } = products;
  const last = brandCache.get(products);
  if (last?.descriptionSequence === descriptionSequence) return last.brands;
  const brands = numberBrands(products.catalogue.brand);
  brandCache.set(products, { descriptionSequence, brands });
  return brands;
}

function numberBrands({ codes, values }: TextColumn): Uint32Array {
  const numbers = new Map([[UNKNOWN, 0]]);
  const ofCode = values.map((text) => {
    const name = text.toLowerCase();
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  });
  return Uint32Array.from(codes, (code) => ofCode[code]);
}
