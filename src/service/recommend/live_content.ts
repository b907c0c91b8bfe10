import type { Artifact } from "../../artifact/load.ts";
import { type Csr, type SparseRow, withRows } from "../../linalg/sparse/csr.ts";
import { content, createContent } from "../../models/content.ts";
import {
  type DescriptionIndex,
  indexDescriptions,
} from "../../models/content/description_index.ts";
import { createTermSpace, type TermSpace } from "../../models/content/product_terms.ts";
import type { Model } from "../../models/model.ts";
import type { Products } from "../catalogue/products.ts";
import { createStandInSearch } from "../../models/content/stand_ins.ts";

/** The model that knows products by their descriptions. */
export const CONTENT_MODEL = content.name;

/** The part of an artifact that {@linkcode LiveContent} and the models over it read. */
export interface ModelsOfProducts extends Pick<Artifact, "models"> {
  readonly interactions: Pick<Artifact["interactions"], "catalogue" | "evidence">;
  readonly manifest: { readonly models: Artifact["manifest"]["models"] };
}

interface Described {
  /** The number of the change that it reflects. */
  readonly sequence: number;
  /** Current products × terms. */
  readonly rows: Csr;
  readonly model: Model;
}

/**
 * The descriptions of the current products. Describing all of the artifact's takes a moment, so it
 * is done on first use; after that, a change describes one product, and a change of stock none.
 */
export class LiveContent {
  readonly #artifact: ModelsOfProducts;
  readonly #products: Products;
  #space: TermSpace | undefined;
  #findStandIns: ((description: SparseRow) => Uint32Array) | undefined;
  #described: Described | undefined;
  /** Of the artifact's descriptions. */
  #index: DescriptionIndex | undefined;
  /** The descriptions of changed and added products, by item number. */
  readonly #changed = new Map<number, SparseRow>();
  readonly #standIns = new Map<number, Uint32Array>();

  constructor(artifact: ModelsOfProducts, products: Products) {
    this.#artifact = artifact;
    this.#products = products;
  }

  /** The model `content` of the current products. */
  get model(): Model {
    const trained = this.#artifact.models.get(CONTENT_MODEL);
    return trained && this.#products.redescribed.size === 0 ? trained : this.#current().model;
  }

  /** Current products × terms. */
  get terms(): Csr {
    return this.#current().rows;
  }

  /** The products most similar to an added one, newcomers aside; at most 20, may be none. */
  standIns(item: number): Uint32Array {
    this.#current();
    let found = this.#standIns.get(item);
    if (!found) {
      this.#findStandIns ??= createStandInSearch(
        this.#termSpace().products,
        this.#artifact.interactions.evidence?.newcomers,
      );
      found = this.#findStandIns(this.#changed.get(item)!);
      this.#standIns.set(item, found);
    }
    return found;
  }

  #current(): Described {
    const { catalogue, redescribed, descriptionSequence, size } = this.#products;
    const previous = this.#described;
    if (previous?.sequence === descriptionSequence) return previous;
    const space = this.#termSpace();
    for (const [item, sequence] of redescribed) {
      if (previous && sequence <= previous.sequence) continue;
      this.#changed.set(item, space.describe(catalogue, item));
      this.#standIns.delete(item);
    }
    const rows = withRows(space.products, size, this.#changed);
    return this.#described = {
      sequence: descriptionSequence,
      rows,
      model: createContent(rows, {
        index: () => this.#index ??= indexDescriptions(space.products),
        changed: Uint32Array.from(this.#changed.keys()),
      }),
    };
  }

  #termSpace(): TermSpace {
    const { catalogue } = this.#artifact.interactions;
    return this.#space ??= createTermSpace(catalogue, this.#priceBands());
  }

  #priceBands(): number {
    const { options } = this.#artifact.manifest.models.find(({ name }) => name === CONTENT_MODEL) ??
      {};
    return typeof options?.priceBands === "number"
      ? options.priceBands
      : content.defaults.priceBands;
  }
}
