import { formatCount } from "../../base/format.ts";

/** One step of cleaning. */
export interface CleanStep {
  /** What was taken out. */
  readonly step: string;
  /** How many rows it took out. */
  readonly removed: number;
  /** How many rows were left after it. */
  readonly left: number;
}

/** What cleaning did to a table of events. */
export interface CleanReport {
  /** Rows of the input, malformed ones among them. */
  readonly rowsIn: number;
  /** In the order in which they were taken. */
  readonly steps: readonly CleanStep[];
  readonly rowsOut: number;
  /** Rows left with a price of zero. */
  readonly zeroPrices: number;
  /** Rows left whose brand is `unknown`. */
  readonly unknownBrands: number;
  /** Rows left whose category code is `unknown`. */
  readonly unknownCategories: number;
  /** Rows that had no session and got one from gaps in time. */
  readonly sessionsDerived: number;
  /** Rows left that take a product out of the cart. */
  readonly removals: number;
  /** Carts that such a removal cancelled. */
  readonly cartsCancelled: number;
}

/**
 * Says how many rows each step left, which takes its own from those that the one before left.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const steps = toSteps(1000, [{ step: "exact duplicates", removed: 54 }]);
 * assertEquals(steps, [{ step: "exact duplicates", removed: 54, left: 946 }]);
 * ```
 */
export function toSteps(
  rowsIn: number,
  removals: readonly { readonly step: string; readonly removed: number }[],
): CleanStep[] {
  let left = rowsIn;
  return removals.map(({ step, removed }) => ({ step, removed, left: left -= removed }));
}

/**
 * The report on a table, from those on its parts, of which each took the same steps.
 *
 * @param reports At least one.
 */
export function sumReports(reports: readonly CleanReport[]): CleanReport {
  const sum = (count: (report: CleanReport) => number) =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    rowsIn: sum(({ rowsIn }) => rowsIn),
    steps: reports[0].steps.map(({ step }, i) => ({
      step,
      removed: sum(({ steps }) => steps[i].removed),
      left: sum(({ steps }) => steps[i].left),
    })),
    rowsOut: sum(({ rowsOut }) => rowsOut),
    zeroPrices: sum(({ zeroPrices }) => zeroPrices),
    unknownBrands: sum(({ unknownBrands }) => unknownBrands),
    unknownCategories: sum(({ unknownCategories }) => unknownCategories),
    sessionsDerived: sum(({ sessionsDerived }) => sessionsDerived),
    removals: sum(({ removals }) => removals),
    cartsCancelled: sum(({ cartsCancelled }) => cartsCancelled),
  };
}

/**
 * Lays out a report as rows of a table: what, how many rows it took, how many are left.
 */
export function reportRows(report: CleanReport): (readonly [string, string, string])[] {
  return [
    ["rows read", "", formatCount(report.rowsIn)],
    ...report.steps.map(({ step, removed, left }) =>
      [`- ${step}`, formatCount(removed), formatCount(left)] as const
    ),
    ["rows kept", "", formatCount(report.rowsOut)],
    ["with a price of zero", formatCount(report.zeroPrices), ""],
    ["with an unknown brand", formatCount(report.unknownBrands), ""],
    ["with an unknown category code", formatCount(report.unknownCategories), ""],
    ["given a session from gaps in time", formatCount(report.sessionsDerived), ""],
    ["removals from the cart", formatCount(report.removals), ""],
    ["carts that they cancelled", formatCount(report.cartsCancelled), ""],
  ];
}
