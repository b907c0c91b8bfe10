import { sum } from "../../base/statistics.ts";
import { type Random, shuffle } from "../../linalg/random.ts";
import type { SimulatedCatalogue } from "./catalogue.ts";
import { headShare } from "../parameters/distributions.ts";
import { CATEGORY_CODES, inventBrands, inventCategoryIds, inventProductIds } from "./names.ts";
import { titleOf } from "./titles.ts";

/** The part of a row that depends on the product alone, as ASCII. */
export interface ProductTexts {
  /** `,product_id,category_id,category_code,title,brand,price,` of one product after another. */
  readonly bytes: Uint8Array;
  /** Where each product starts; products + 1 entries. */
  readonly start: Uint32Array;
  /** Where each product's price starts. */
  readonly price: Uint32Array;
}

/** Share of views in a category with a code. */
const CODED_SHARE = 0.017;
/** Categories with a larger share of views than this have no code. */
const LARGEST_CODED = 0.01;
/** Upper bound of a product's length in bytes. */
const PRODUCT_LIMIT = 192;

/** Invents the products' names and ids and encodes them. */
export function encodeProducts(catalogue: SimulatedCatalogue, random: Random): ProductTexts {
  const { seriesOf, seriesStart, category, brand, price } = catalogue;
  const { products, categories, brands } = catalogue.size;
  const brandNames = [...inventBrands(brands, random), ""];
  const categoryIds = inventCategoryIds(categories, random);
  const codes = inventCodes(catalogue, random);
  const ids = assignIds(seriesStart, inventProductIds(products, random), random);

  const encoder = new TextEncoder();
  const bytes = new Uint8Array(PRODUCT_LIMIT * products);
  const texts = { bytes, start: new Uint32Array(products + 1), price: new Uint32Array(products) };
  for (let p = 0, end = 0; p < products; p++) {
    const s = seriesOf[p];
    const code = codes[category[s]];
    const brandName = brandNames[brand[s]];
    const title = titleOf({
      brand: brandName,
      category: category[s],
      code,
      series: s,
      variant: p - seriesStart[s],
    });
    const head = `,${ids[p]},${categoryIds[category[s]]},${code},${title},${brandName},`;
    end += encoder.encodeInto(head, bytes.subarray(end)).written;
    texts.price[p] = end;
    end += encoder.encodeInto(`${price[s].toFixed(2)},`, bytes.subarray(end)).written;
    texts.start[p + 1] = end;
  }
  return texts;
}

/** Gives a series' products consecutive ids, and the series their blocks in random order. */
function assignIds(seriesStart: Uint32Array, ids: Uint32Array, random: Random): Uint32Array {
  const assigned = new Uint32Array(ids.length);
  let next = 0;
  for (const s of shuffle(Uint32Array.from(seriesStart.subarray(1), (_, s) => s), random)) {
    for (let p = seriesStart[s]; p < seriesStart[s + 1]; p++) assigned[p] = ids[next++];
  }
  return assigned;
}

/** Codes for a few of the smaller categories, empty for the others. */
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
