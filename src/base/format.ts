/** 1,234,567, rounded to a whole number; `–` if it isn't finite. */
export function formatCount(count: number): string {
  // Without `toLocaleString`: its first call takes longer than reading a shop's ids.
  return orDash(count, (value) => String(Math.round(value)).replace(THOUSANDS, ","));
}

/** Between digits that whole groups of three follow. */
const THOUSANDS = /\B(?=(\d{3})+$)/g;

/**
 * How many there are of something, in words.
 *
 * @param many The plural, if it isn't the singular with an s.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1, 1200].map((rows) => formatCounted(rows, "row")), ["1 row", "1,200 rows"]);
 * assertEquals(formatCounted(0, "price of 4.99", "prices of 4.99"), "0 prices of 4.99");
 * ```
 */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * A share as a percentage with three digits: 3.29%, 14.1%, 100%; `< 0.01%` for less that isn't 0;
 * `–` if it isn't finite.
 */
export function formatShare(share: number): string {
  if (share > 0 && share < LEAST_SHARE) return "< 0.01%";
  return orDash(share, (value) => `${threeDigits(100 * value)}%`);
}

/** Smaller shares have more digits than anybody reads. */
const LEAST_SHARE = .0001;

/** A price with two decimals: 1,234.50. */
export function formatPrice(price: number): string {
  return orDash(
    price,
    (value) =>
      value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  );
}

/** A metric between 0 and 1 with four decimals: 0.0512. */
export function formatMetric(metric: number): string {
  return orDash(metric, (value) => value.toFixed(4));
}

/** Any number: whole ones as counts, others with three digits: 0.0123, 4.56, 1,235. */
export function formatNumber(number: number): string {
  return Number.isInteger(number) ? formatCount(number) : orDash(number, threeDigits);
}

/** A size in millions with three digits: 0.3M, 20M, 1.23M. */
export function formatMillions(count: number): string {
  return `${Number((count / 1e6).toPrecision(3))}M`;
}

/** A share below 1 as papers print it, without the zero before the point: .0512. */
export function formatFraction(share: number, digits = 4): string {
  return share.toFixed(digits).replace(/^0\./, ".");
}

/** A range of whole numbers: 1, 2–4, 1,000+ if it is open-ended. */
export function formatRange(from: number, to: number): string {
  if (from === to) return formatCount(from);
  return to === Infinity ? `${formatCount(from)}+` : `${formatCount(from)}–${formatCount(to)}`;
}

function threeDigits(value: number): string {
  return Math.abs(value) >= 100
    ? formatCount(value)
    : value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function orDash(value: number, format: (value: number) => string): string {
  return Number.isFinite(value) ? format(value).replace("-", "−") : "–";
}
