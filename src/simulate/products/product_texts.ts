import { sum } from "../../base/statistics.ts";
import { type Random, shuffle } from "../../linalg/random.ts";
import type { SimulatedCatalogue } from "./catalogue.ts";
import { headShare } from "../parameters/distributions.ts";
import { CATEGORY_CODES, inventBrands, inventCategoryIds, inventProductIds } from "./names.ts";

/** The part of a row that only the product determines, as ASCII. */
export interface ProductTexts {
  /** `,product_id,category_id,category_code,brand,price,` of one product after another. */
  readonly bytes: Uint8Array;
  /** Where each product begins; products + 1 entries. */
  readonly start: Uint32Array;
  /** Where each product's price begins. */
  readonly price: Uint32Array;
}

/** Share of what people look at whose category has a code. */
const CODED_SHARE = 0.017;
/** A category that holds more of what people look at than this has none. */
const LARGEST_CODED = 0.01;
/** More than any product takes. */
const PRODUCT_LIMIT = 128;

/** Invents names and ids for the products and spells them out. */
export function spellProducts(catalogue: SimulatedCatalogue, random: Random): ProductTexts {
  const { seriesOf, seriesStart, category, brand, price } = catalogue;
  const { products, categories, brands } = catalogue.size;
  const brandNames = [...inventBrands(brands, random), ""];
  const categoryIds = inventCategoryIds(categories, random);
  const codes = inventCodes(catalogue, random);
  const ids = dealIds(seriesStart, inventProductIds(products, random), random);

  const encoder = new TextEncoder();
  const bytes = new Uint8Array(PRODUCT_LIMIT * products);
  const texts = { bytes, start: new Uint32Array(products + 1), price: new Uint32Array(products) };
  for (let p = 0, end = 0; p < products; p++) {
    const s = seriesOf[p];
    const head = `,${ids[p]},${categoryIds[category[s]]},${codes[category[s]]},${
      brandNames[brand[s]]
    },`;
    end += encoder.encodeInto(head, bytes.subarray(end)).written;
    texts.price[p] = end;
    end += encoder.encodeInto(`${price[s].toFixed(2)},`, bytes.subarray(end)).written;
    texts.start[p + 1] = end;
  }
  return texts;
}

/** Products of a series get neighbouring ids; series get theirs in random order. */
function dealIds(seriesStart: Uint32Array, ids: Uint32Array, random: Random): Uint32Array {
  const dealt = new Uint32Array(ids.length);
  let next = 0;
  for (const s of shuffle(Uint32Array.from(seriesStart.subarray(1), (_, s) => s), random)) {
    for (let p = seriesStart[s]; p < seriesStart[s + 1]; p++) dealt[p] = ids[next++];
  }
  return dealt;
}

/** A code for a few of the smaller categories, nothing for the others. */
function inventCodes(
  { category, size, popularity, seriesOf }: SimulatedCatalogue,
  random: Random,
): string[] {
  const weights = new Array<number>(size.categories).fill(0);
  popularity.forEach((weight, p) => weights[category[seriesOf[p]]] += weight);
  const total = sum(weights);
  const scores = weights.map((weight) => random.next() - (weight > LARGEST_CODED * total ? 1 : 0));
  return headShare(scores, weights, CODED_SHARE)
    .map((coded) => coded ? CATEGORY_CODES[random.integer(CATEGORY_CODES.length)] : "");
}
