import { formatCount, formatShare } from "../../base/format.ts";

/** What the findings on cleaning are drawn from. */
export interface CleaningFacts {
  readonly issues: readonly { readonly issue: string; readonly share: number }[];
  /** Users with `from` events and more. */
  readonly heavy: {
    readonly from: number;
    readonly userShare: number;
    readonly eventShare: number;
    readonly purchases: number;
  };
  readonly report: {
    readonly rowsIn: number;
    readonly rowsOut: number;
    readonly sessionsDerived: number;
    readonly removals: number;
    readonly cartsCancelled: number;
  };
}

/** What cleaning found, in sentences. */
export function cleaningFindings({ issues, heavy, report }: CleaningFacts): string[] {
  const share = (issue: string): string =>
    formatShare(issues.find((row) => row.issue.startsWith(issue))?.share ?? NaN);
  return [
    `${share("category path")} of the rows have no category path and ${share("brand")} no brand.`,
    `${share("exact duplicate")} of the rows are exact copies of an earlier one. Cleaning keeps ${
      formatShare(report.rowsOut / report.rowsIn)
    } of all rows.`,
    `The ${formatShare(heavy.userShare)} of the users with ${
      formatCount(heavy.from)
    } events or more make ${formatShare(heavy.eventShare)} of the events and ${
      formatCount(heavy.purchases)
    } purchases.`,
    `Of ${formatCount(report.removals)} removals ${
      formatCount(report.cartsCancelled)
    } take back a cart of ` +
    "the same session, which then counts for nothing.",
  ];
}
