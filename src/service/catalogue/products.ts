import { type Catalogue, categoryOf, textAt, UNKNOWN } from "../../interactions/catalogue.ts";
import type { ShopInteractions } from "../../interactions/interactions.ts";
import { GrowingText } from "./growing_text.ts";
import { Links } from "./links.ts";
import { NumericFields } from "./numeric_fields.ts";
import { shortestDecimal } from "../../base/float32.ts";
import type { z } from "zod";
import type { productFacts } from "../schema/products.ts";
import type { ProductChanges } from "../store/entries/product_changes.ts";
import type { ProductChange } from "../store/entries/stored_event.ts";

/** The details of a product. */
export type ProductFacts = Readonly<z.output<typeof productFacts>>;

/**
 * The current products: the artifact's, whose numbers the models know, then those that the shop has
 * added since, all with the shop's changes applied. Numbers never change while an artifact is
 * served.
 */
export class Products {
  /** Number of products that the models know; higher numbers were added later. */
  readonly known: number;
  readonly #base: ShopInteractions["itemIds"];
  readonly #added = new Map<string, number>();
  readonly #addedIds: string[] = [];
  readonly #categoryId: GrowingText;
  readonly #categoryCode: GrowingText;
  readonly #brand: GrowingText;
  readonly #title: GrowingText;
  #price: Float32Array;
  readonly #links: Links;
  readonly #outOfStock = new Set<number>();
  readonly #deleted = new Set<number>();
  readonly #addedAt = new Map<number, number>();
  /** The numbers of the shop's own. */
  readonly fields = new NumericFields();
  #sequence = 0;
  readonly #redescribed = new Map<number, number>();
  #descriptionSequence = 0;

  constructor({ itemIds, catalogue }: Pick<ShopInteractions, "itemIds" | "catalogue">) {
    this.known = itemIds.size;
    this.#base = itemIds;
    this.#categoryId = new GrowingText(catalogue.categoryId, UNKNOWN);
    this.#categoryCode = new GrowingText(catalogue.categoryCode, UNKNOWN);
    this.#brand = new GrowingText(catalogue.brand, UNKNOWN);
    const untitled = { codes: new Uint32Array(this.known), values: [""] };
    this.#title = new GrowingText(catalogue.title ?? untitled, "");
    this.#price = catalogue.price;
    this.#links = new Links(catalogue);
  }

  /** Number of products; they are numbered from 0 to size - 1. */
  get size(): number {
    return this.known + this.#addedIds.length;
  }

  /** Number of the shop's changes that have been applied. */
  get sequence(): number {
    return this.#sequence;
  }

  /**
   * The products whose brand, category, price or title differ from the artifact's, and those added,
   * with the {@linkcode sequence} of the last such change.
   */
  get redescribed(): ReadonlyMap<number, number> {
    return this.#redescribed;
  }

  /** The {@linkcode sequence} of the last change of any product's description. */
  get descriptionSequence(): number {
    return this.#descriptionSequence;
  }

  /** The number of a product, or -1. */
  indexOf(productId: string): number {
    const known = this.#base.indexOf(productId);
    return known >= 0 ? known : this.#added.get(productId) ?? -1;
  }

  /** The shop's id of a product. */
  idAt(item: number): string {
    return item < this.known ? this.#base.idAt(item) : this.#addedIds[item - this.known];
  }

  /** The current facts of all products. */
  get catalogue(): Catalogue & Required<Pick<Catalogue, "title">> {
    return {
      categoryId: this.#categoryId.column,
      categoryCode: this.#categoryCode.column,
      brand: this.#brand.column,
      title: this.#title.column,
      price: this.#price,
    };
  }

  /** The numbers of the products that no list may show: out of stock, or deleted. */
  get unavailable(): ReadonlySet<number> {
    return this.#deleted.size === 0 ? this.#outOfStock : this.#outOfStock.union(this.#deleted);
  }

  /** Whether the shop has deleted a product. */
  isDeleted(item: number): boolean {
    return this.#deleted.has(item);
  }

  /**
   * When the shop added products, by item number, in milliseconds since 1970-01-01 UTC; without
   * those that are only known from events.
   */
  get addedAt(): ReadonlyMap<number, number> {
    return this.#addedAt;
  }

  /** Whether a product can be bought now. */
  isInStock(item: number): boolean {
    return !this.#outOfStock.has(item);
  }

  /** The current facts of a product. */
  facts(item: number): ProductFacts {
    const { catalogue } = this;
    const title = textAt(catalogue.title, item);
    return {
      productId: this.idAt(item),
      brand: textAt(catalogue.brand, item),
      category: categoryOf(catalogue, item),
      price: shortestDecimal(this.#price[item]),
      ...(title !== "" && { title }),
      ...this.#links.of(item),
    };
  }

  /** Applies the shop's changes, unless they are older than those already applied. */
  apply({ sequence, products }: ProductChanges): void {
    if (sequence <= this.#sequence) return;
    this.#sequence = sequence;
    for (const productId of products.keys()) {
      if (this.indexOf(productId) >= 0) continue;
      this.#added.set(productId, this.size);
      this.#addedIds.push(productId);
      this.#redescribe(this.size - 1);
    }
    this.#grow();
    for (const [productId, change] of products) this.#change(this.indexOf(productId), change);
  }

  #grow(): void {
    for (const column of [this.#categoryId, this.#categoryCode, this.#brand, this.#title]) {
      column.grow(this.size);
    }
    const price = new Float32Array(this.size);
    price.set(this.#price);
    this.#price = price;
  }

  #change(item: number, change: ProductChange): void {
    const { brand, category, categoryId, price, title, inStock, deleted, addedAt } = change;
    const texts = [
      [this.#brand, brand === "" ? UNKNOWN : brand],
      [this.#categoryCode, category === "" ? UNKNOWN : category],
      [this.#categoryId, categoryId === "" ? UNKNOWN : categoryId],
      [this.#title, title],
    ] as const;
    for (const [column, text] of texts) {
      if (text === undefined || textAt(column.column, item) === text) continue;
      column.set(item, text);
      this.#redescribe(item);
    }
    if (price !== undefined && this.#price[item] !== Math.fround(price)) {
      this.#price[item] = price;
      this.#redescribe(item);
    }
    this.#links.change(item, change);
    if (change.fields) this.fields.replace(item, change.fields);
    if (addedAt !== undefined) this.#addedAt.set(item, addedAt);
    if (inStock === true) this.#outOfStock.delete(item);
    if (inStock === false) this.#outOfStock.add(item);
    if (deleted) this.#deleted.add(item);
    else this.#deleted.delete(item);
  }

  #redescribe(item: number): void {
    this.#redescribed.set(item, this.#sequence);
    this.#descriptionSequence = this.#sequence;
  }
}
