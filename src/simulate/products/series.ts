import { sum } from "../../base/statistics.ts";
import type { Random } from "../../linalg/random.ts";
import { cumulate, drawIndex, logNormal, logNormalQuantiles } from "../parameters/distributions.ts";

/** The sizes of a catalogue. */
export interface CatalogueSize {
  readonly products: number;
  readonly categories: number;
  readonly brands: number;
  /** Groups of series, across categories, liked by the same users. */
  readonly niches: number;
}

/** Products that differ little, such as the shades of a polish: one category, brand and price. */
export interface Series {
  readonly category: number;
  readonly niche: number;
  /** The brand's rank by size, from 0, if the series gets a brand. */
  readonly brand: number;
  /** Number of products. */
  readonly size: number;
  /** Ranks the series by price; only the order matters. */
  readonly logPrice: number;
  /** Ranks the series that get a brand, highest first; only the order matters. */
  readonly branding: number;
}

interface Category {
  readonly size: number;
  readonly niches: readonly number[];
  readonly brands: readonly number[];
  readonly logPrice: number;
  readonly branding: number;
}

/** Each category and niche belongs to one: niches span categories, but not hair and nails. */
const DEPARTMENTS = 8;
/**
 * Log-normal spread of category sizes; the real shop's: median 35, 90th percentile 241, maximum
 * 3,470.
 */
const CATEGORY_SIGMA = 1.506;
/** Products per series, log-normal. */
const SERIES_SIZE = { median: 4.8, sigma: 0.9 };
/** Spread of log price between categories, and between series of a category. */
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

/** Log-normal sizes that add up to the number of products. */
function categorySizes({ products, categories }: CatalogueSize, random: Random): number[] {
  const raw = logNormalQuantiles(random, categories, CATEGORY_SIGMA);
  const scale = products / sum(raw);
  const sizes = Array.from(raw, (value) => Math.max(1, Math.round(scale * value)));
  sizes[sizes.indexOf(Math.max(...sizes))] += products - sum(sizes);
  return sizes;
}

/** Zipf–Mandelbrot: 1 / (rank + 1.7) from rank 1, which gives the ten largest of 273 brands 36%. */
function brandWeights(count: number): number[] {
  return Array.from({ length: count }, (_, rank) => 1 / (rank + 2.7));
}

/** A random niche of a department; niches are assigned to departments round-robin. */
function nicheOf(department: number, niches: number, random: Random): number {
  const departments = Math.min(DEPARTMENTS, niches);
  const first = department % departments;
  return first + departments * random.integer(Math.ceil((niches - first) / departments));
}

function fillCategory(category: Category, index: number, random: Random): Series[] {
  const series: Series[] = [];
  for (let remaining = category.size; remaining > 0; remaining -= series[series.length - 1].size) {
    series.push({
      category: index,
      niche: category.niches[random.integer(category.niches.length)],
      brand: category.brands[random.integer(category.brands.length)],
      size: Math.min(
        remaining,
        Math.ceil(logNormal(random, SERIES_SIZE.median, SERIES_SIZE.sigma)),
      ),
      logPrice: category.logPrice + SERIES_PRICE_SIGMA * random.normal(),
      branding: category.branding + random.normal(),
    });
  }
  return series;
}
