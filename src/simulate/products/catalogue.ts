import type { Random } from "../../linalg/random.ts";
import { cumulate, headShare, logNormal, logNormalQuantiles } from "../parameters/distributions.ts";
import { assignPrices, cheapness } from "./prices.ts";
import { type CatalogueSize, inventSeries, type Series } from "./series.ts";

/**
 * The products of a simulated shop. A series' products are numbered consecutively, and so are a
 * niche's series, so drawing from a series or a niche means drawing from a range.
 */
export interface SimulatedCatalogue {
  readonly size: CatalogueSize;
  /** By product: its series. */
  readonly seriesOf: Uint32Array;
  /** By product: its niche. */
  readonly nicheOf: Uint32Array;
  /** By series: its first product; series + 1 entries. */
  readonly seriesStart: Uint32Array;
  /** By niche: its first product; niches + 1 entries. */
  readonly nicheStart: Uint32Array;
  /** By series: the complementary series of the same niche that users go on to. */
  readonly complement: Uint32Array;
  /** By series: 1 if the product is used up and bought again. */
  readonly consumable: Uint8Array;
  /** By series. */
  readonly category: Uint32Array;
  /** By series: its brand, or the number of brands if it has none. */
  readonly brand: Uint32Array;
  /** By series, above zero. */
  readonly price: Float64Array;
  /** By product: how often it is viewed, before trends. */
  readonly popularity: Float64Array;
  /** By series: how often its products are added to a cart, relative to their views. */
  readonly appeal: Float64Array;
}

/** The real shop's month, and the powers by which its sizes shrink with fewer events. */
const FULL = { events: 4_100_000, products: 54_043, categories: 522, brands: 273 };
const SHRINK = { products: 0.75, categories: 0.4, brands: 0.1 };

/** Log-normal spread of popularity between series and within a series, in a full catalogue. */
const SERIES_SIGMA = 1.05;
const PRODUCT_SIGMA = 1.18;
/** Smaller catalogues spread popularity more evenly, or a few products would dominate. */
const SKEW_EXPONENT = 1.8;
/** Share of views that are of products with a brand. */
const BRANDED_SHARE = 0.57;
/** Log-normal spread of appeal among series of equal price. */
const APPEAL_SIGMA = 1.1;
const CONSUMABLE_SHARE = 0.4;
/** How many attempts are made to find a complement in another category. */
const MAX_ATTEMPTS = 20;

/**
 * Invents a catalogue.
 *
 * @param events The number of events to simulate: 4.1 million and more get the real shop's 54,043
 * products, 522 categories and 273 brands; 300,000 get about 7,600, 183 and 210.
 */
export function inventCatalogue(events: number, random: Random): SimulatedCatalogue {
  const size = sizeFor(events);
  const series = inventSeries(size, random);
  const seriesStart = Uint32Array.from(cumulate(series.map(({ size }) => size)));
  const seriesOf = new Uint32Array(size.products);
  series.forEach((_, s) => seriesOf.fill(s, seriesStart[s], seriesStart[s + 1]));

  const popularity = inventPopularity(series, seriesOf, random);
  const weights = new Array<number>(series.length).fill(0);
  popularity.forEach((weight, p) => weights[seriesOf[p]] += weight);
  const price = assignPrices(series.map(({ logPrice }) => logPrice), weights);
  const branded = headShare(series.map(({ branding }) => branding), weights, BRANDED_SHARE);
  return {
    size,
    seriesOf,
    nicheOf: seriesOf.map((s) => series[s].niche),
    seriesStart,
    nicheStart: nicheStarts(series, size.niches),
    complement: findComplements(series, random),
    consumable: Uint8Array.from(series, () => random.next() < CONSUMABLE_SHARE ? 1 : 0),
    category: Uint32Array.from(series, ({ category }) => category),
    brand: Uint32Array.from(series, ({ brand }, s) => branded[s] ? brand : size.brands),
    price,
    popularity,
    appeal: price.map((value) => logNormal(random, cheapness(value), APPEAL_SIGMA)),
  };
}

/** A product's price. */
export function priceOf({ price, seriesOf }: SimulatedCatalogue, product: number): number {
  return price[seriesOf[product]];
}

function sizeFor(events: number): CatalogueSize {
  const scale = Math.min(1, events / FULL.events);
  const products = Math.max(60, Math.round(FULL.products * scale ** SHRINK.products));
  return {
    products,
    categories: Math.max(6, Math.round(FULL.categories * scale ** SHRINK.categories)),
    brands: Math.max(6, Math.round(FULL.brands * scale ** SHRINK.brands)),
    niches: Math.round(0.6 * Math.sqrt(products)),
  };
}

function inventPopularity(
  series: readonly Series[],
  seriesOf: Uint32Array,
  random: Random,
): Float64Array {
  const skew = (Math.log(seriesOf.length) / Math.log(FULL.products)) ** SKEW_EXPONENT;
  const ofSeries = logNormalQuantiles(random, series.length, skew * SERIES_SIGMA);
  const ofProduct = logNormalQuantiles(random, seriesOf.length, skew * PRODUCT_SIGMA);
  return ofProduct.map((factor, p) => {
    const s = seriesOf[p];
    return factor * ofSeries[s] * brandStrength(series[s].brand);
  });
}

/** Larger brands' products are viewed more: from 2.6 times as often for the largest down to 1. */
function brandStrength(rank: number): number {
  return 1 + 1.6 * Math.exp(-rank / 5);
}

function nicheStarts(series: readonly Series[], niches: number): Uint32Array {
  const sizes = new Uint32Array(niches);
  for (const { niche, size } of series) sizes[niche] += size;
  return Uint32Array.from(cumulate(sizes));
}

/** For each series another one of its niche, in another category if one is found. */
function findComplements(series: readonly Series[], random: Random): Uint32Array {
  const byNiche = Map.groupBy(series.keys(), (s) => series[s].niche);
  return Uint32Array.from(series, ({ niche, category }, s) => {
    const others = byNiche.get(niche)!;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const other = others[random.integer(others.length)];
      if (series[other].category !== category) return other;
    }
    return s;
  });
}
