import { formatCount } from "../../base/format.ts";

/** One step of cleaning. */
export interface CleanStep {
  /** Names the rows that it removed. */
  readonly step: string;
  /** The number of rows that it removed. */
  readonly removed: number;
  /** The number of rows that remained. */
  readonly left: number;
}

/** What cleaning did to a table of events. */
export interface CleanReport {
  /** Rows of the input, malformed ones included. */
  readonly rowsIn: number;
  /** In the order in which they ran. */
  readonly steps: readonly CleanStep[];
  readonly rowsOut: number;
  /** Kept rows with a price of zero. */
  readonly zeroPrices: number;
  /** Kept rows without a price. */
  readonly missingPrices: number;
  /** Kept rows whose brand is `unknown`. */
  readonly unknownBrands: number;
  /** Kept rows whose category code is `unknown`. */
  readonly unknownCategories: number;
  /** Kept rows whose session was derived from gaps in time. */
  readonly sessionsDerived: number;
  /** Kept rows that remove a product from the cart. */
  readonly removals: number;
  /** Carts cancelled by such a removal. */
  readonly cartsCancelled: number;
}

/**
 * Computes how many rows remain after each step.
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
  let remaining = rowsIn;
  return removals.map(({ step, removed }) => ({ step, removed, left: remaining -= removed }));
}

/**
 * Adds up the reports on the parts of a table, which all have the same steps.
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
    missingPrices: sum(({ missingPrices }) => missingPrices),
    unknownBrands: sum(({ unknownBrands }) => unknownBrands),
    unknownCategories: sum(({ unknownCategories }) => unknownCategories),
    sessionsDerived: sum(({ sessionsDerived }) => sessionsDerived),
    removals: sum(({ removals }) => removals),
    cartsCancelled: sum(({ cartsCancelled }) => cartsCancelled),
  };
}

/** Lays out a report as rows of a table: the step, the rows it removed, the rows that remained. */
export function reportRows(report: CleanReport): (readonly [string, string, string])[] {
  return [
    ["rows read", "", formatCount(report.rowsIn)],
    ...report.steps.map(({ step, removed, left }) =>
      [`- ${step}`, formatCount(removed), formatCount(left)] as const
    ),
    ["rows kept", "", formatCount(report.rowsOut)],
    ["with a price of zero", formatCount(report.zeroPrices), ""],
    ["without a price", formatCount(report.missingPrices), ""],
    ["with an unknown brand", formatCount(report.unknownBrands), ""],
    ["with an unknown category code", formatCount(report.unknownCategories), ""],
    ["with a session derived from gaps in time", formatCount(report.sessionsDerived), ""],
    ["removals from the cart", formatCount(report.removals), ""],
    ["carts cancelled by a removal", formatCount(report.cartsCancelled), ""],
  ];
}
