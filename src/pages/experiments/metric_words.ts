import { formatNumber, formatPrice, formatShare } from "../../base/format.ts";
import type { MetricName } from "./answers.ts";

/** How people are told of a metric. */
interface MetricWords {
  readonly title: string;
  /** What an arm does whose value is higher, and lower, than the control's. */
  readonly more: string;
  readonly less: string;
  readonly isShare: boolean;
}

/** The metrics in words, in the order in which they are shown: the two of money first. */
export const METRIC_WORDS: Readonly<Record<MetricName, MetricWords>> = {
  revenuePerUser: {
    title: "Revenue per user",
    ...{ more: "Users spend more", less: "Users spend less", isShare: false },
  },
  revenuePerThousandLists: {
    title: "Revenue per thousand lists",
    ...{ more: "Its lists sell more", less: "Its lists sell less", isShare: false },
  },
  conversion: {
    title: "Users who buy",
    ...{ more: "More users buy", less: "Fewer users buy", isShare: true },
  },
  addToCart: {
    title: "Lists that lead to the cart",
    ...{ more: "Its lists fill more carts", less: "Its lists fill fewer carts", isShare: true },
  },
  clickThrough: {
    title: "Lists that are clicked",
    ...{ more: "Its lists are clicked more", less: "Its lists are clicked less", isShare: true },
  },
};

/** The names of the metrics, in the order in which they are shown. */
export const METRIC_ORDER = Object.keys(METRIC_WORDS) as readonly MetricName[];

/** A metric's value: a share as a percentage, money with two decimals. */
export function valueText(metric: MetricName, value: number): string {
  return METRIC_WORDS[metric].isShare ? formatShare(value) : formatPrice(value);
}

/**
 * A difference of two values of a metric: of shares in percentage points.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(differenceText("clickThrough", 0.182), "18.2 points");
 * assertEquals(differenceText("revenuePerUser", 1203.5), "1,203.50");
 * ```
 */
export function differenceText(metric: MetricName, difference: number): string {
  const { isShare } = METRIC_WORDS[metric];
  return isShare ? `${formatNumber(100 * difference)} points` : formatPrice(difference);
}

/**
 * The bounds of a difference.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(boundsText("clickThrough", -0.01, 0.182), "−1 to +18.2 points");
 * ```
 */
export function boundsText(metric: MetricName, low: number, high: number): string {
  const [from, to] = [low, high].map((bound) => signed(bound, differenceText(metric, bound)));
  return `${from.replace(" points", "")} to ${to}`;
}

/**
 * A text of a number with its sign.
 *
 * @param text What is shown of it; begins with − if it is negative.
 */
export function signed(number: number, text: string): string {
  return number > 0 ? `+${text}` : text;
}
