import { profileOf } from "../interactions/history.ts";
import { InputError } from "../interactions/input_error.ts";
import type { Csr } from "../linalg/csr.ts";
import { csrFromTensors, csrToTensors } from "../linalg/csr.ts";
import type { Algorithm, Model } from "./model.ts";
import { requireEvents, resolveOptions } from "./options.ts";
import { productTerms } from "./product_terms.ts";

/** How {@linkcode content} describes a product. */
export interface ContentOptions {
  /** Into how many bands of equally many products prices fall; a band is one term. Default 10. */
  priceBands: number;
}

/**
 * Products like those that a user liked, by what is known of them: the category's path and number, the brand,
 * the price band, and the words of the title where a shop has titles. A product's score is the cosine between
 * its TF-IDF vector and the sum of the history's vectors, weighted by rating. The one model that can show what
 * nobody has clicked yet.
 *
 * Fitting and scoring take time and memory linear in the terms of all products, some five to ten a product.
 */
export const content: Algorithm<ContentOptions> = {
  name: "content",
  description: "Products alike in category, brand, price and title",
  defaults: { priceBands: 10 },
  searchSpace: { priceBands: [1, 5, 10, 20] },

  fit(train, given) {
    const { priceBands } = resolveOptions("content", this.defaults, given, {
      priceBands: { min: 1, whole: true },
    });
    requireEvents("content", train);
    if (!train.catalogue) {
      throw new InputError(
        "Cannot fit content: nothing is known of the products but their ids; leave this model out",
      );
    }
    return createContent(productTerms(train.catalogue, priceBands));
  },
  fromTensors: (tensors) => createContent(csrFromTensors(tensors)),
};

function createContent(products: Csr): Model {
  const { rows: itemCount, columns, indptr, indices, values } = products;
  return {
    itemCount,
    score(history, scores) {
      const taste = new Float64Array(columns);
      const { items, ratings } = profileOf(history, itemCount);
      items.forEach((item, i) => {
        for (let p = indptr[item]; p < indptr[item + 1]; p++) {
          taste[indices[p]] += ratings[i] * values[p];
        }
      });
      // cos = t·v / |t|, the products' vectors having length 1 already
      const length = Math.sqrt(taste.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
      for (let item = 0; item < itemCount; item++) {
        let product = 0;
        for (let p = indptr[item]; p < indptr[item + 1]; p++) {
          product += taste[indices[p]] * values[p];
        }
        scores[item] = product / length;
      }
    },
    toTensors: () => csrToTensors(products),
  };
}
