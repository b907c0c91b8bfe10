import type { Random } from "../../linalg/random.ts";
import { cumulate, drawIndex, logNormal, logNormalQuantiles } from "../parameters/distributions.ts";

/** How many there are of everything in a catalogue. */
export interface CatalogueSize {
  readonly products: number;
  readonly categories: number;
  readonly brands: number;
  /** Groups of series, across categories, that the same users like. */
  readonly niches: number;
}

/** Products that differ in little, such as the shades of one polish: of one category, brand and price. */
export interface Series {
  readonly category: number;
  readonly niche: number;
  /** The brand's rank by size, from 0, should the series have a brand. */
  readonly brand: number;
  /** How many products. */
  readonly size: number;
  /** Only the order of series by it counts: how dear they are. */
  readonly logPrice: number;
  /** Only the order of series by it counts: the first to have a brand. */
  readonly branding: number;
}

interface Category {
  readonly size: number;
  readonly niches: readonly number[];
  readonly brands: readonly number[];
  readonly logPrice: number;
  readonly branding: number;
}

/** Every category and every niche belongs to one: niches cross categories, but not hair and nails. */
const DEPARTMENTS = 8;
/** Spread of the category sizes, log-normal: median 35, 90th percentile 241, largest 3,470 in the real shop. */
const CATEGORY_SIGMA = 1.506;
/** Products in a series, log-normal. */
const SERIES_SIZE = { median: 4.8, sigma: 0.9 };
/** Spread of the logarithm of the price between categories, and between series of one. */
const CATEGORY_PRICE_SIGMA = 0.7;
const SERIES_PRICE_SIGMA = 0.8;

/** Invents the series of a shop, ordered by niche. */
export function inventSeries(size: CatalogueSize, random: Random): Series[] {
  return inventCategories(size, random)
    .flatMap((category, index) => fillCategory(category, index, random))
    .sort((a, b) => a.niche - b.niche);
}

function inventCategories(size: CatalogueSize, random: Random): Category[] {
  const brandSums = cumulate(brandWeights(size.brands));
  return categorySizes(size, random).map((products) => {
    const department = random.integer(DEPARTMENTS);
    const niches = 1 + Math.ceil(2 * products * size.niches / size.products);
    const brands = 1 + Math.round(0.5 * Math.sqrt(products));
    return {
      size: products,
      niches: Array.from({ length: niches }, () => nicheOf(department, size.niches, random)),
      brands: Array.from({ length: brands }, () => drawIndex(random, brandSums, 0, size.brands)),
      logPrice: CATEGORY_PRICE_SIGMA * random.normal(),
      branding: random.normal(),
    };
  });
}

/** Log-normal sizes that add up to all products. */
function categorySizes({ products, categories }: CatalogueSize, random: Random): number[] {
  const total = (values: Iterable<number>): number =>
    [...values].reduce((sum, value) => sum + value, 0);
  const raw = logNormalQuantiles(random, categories, CATEGORY_SIGMA);
  const scale = products / total(raw);
  const sizes = Array.from(raw, (value) => Math.max(1, Math.round(scale * value)));
  sizes[sizes.indexOf(Math.max(...sizes))] += products - total(sizes);
  return sizes;
}

/** Zipf and Mandelbrot: 1 / (rank + 1.7) from rank 1 on, which gives the ten largest of 273 brands 36%. */
function brandWeights(count: number): number[] {
  return Array.from({ length: count }, (_, rank) => 1 / (rank + 2.7));
}

/** One of the niches of a department; niches are dealt out to the departments in turn. */
function nicheOf(department: number, niches: number, random: Random): number {
  const departments = Math.min(DEPARTMENTS, niches);
  const first = department % departments;
  return first + departments * random.integer(Math.ceil((niches - first) / departments));
}

function fillCategory(category: Category, index: number, random: Random): Series[] {
  const series: Series[] = [];
  for (let left = category.size; left > 0; left -= series[series.length - 1].size) {
    series.push({
      category: index,
      niche: category.niches[random.integer(category.niches.length)],
      brand: category.brands[random.integer(category.brands.length)],
      size: Math.min(left, Math.ceil(logNormal(random, SERIES_SIZE.median, SERIES_SIZE.sigma))),
      logPrice: category.logPrice + SERIES_PRICE_SIGMA * random.normal(),
      branding: category.branding + random.normal(),
    });
  }
  return series;
}
