import { formatCount, formatShare } from "../../base/format.ts";

/** The data that {@linkcode cleaningFindings} describes. */
export interface CleaningFacts {
  readonly issues: readonly { readonly issue: string; readonly share: number }[];
  /** Users with at least `from` events. */
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

/** Describes what cleaning found, in sentences. */
export function cleaningFindings({ issues, heavy, report }: CleaningFacts): string[] {
  const share = (issue: string): string =>
    formatShare(issues.find((row) => row.issue.startsWith(issue))?.share ?? NaN);
  return [
    `${share("category path")} of rows have no category path and ${share("brand")} no brand.`,
    `${share("exact duplicate")} of rows are exact copies of an earlier one. Cleaning keeps ${
      formatShare(report.rowsOut / report.rowsIn)
    } of all rows.`,
    `The ${formatShare(heavy.userShare)} of users with ${
      formatCount(heavy.from)
    } events or more make ${formatShare(heavy.eventShare)} of events and ${
      formatCount(heavy.purchases)
    } purchases.`,
    `${formatCount(report.cartsCancelled)} of ${
      formatCount(report.removals)
    } removals cancel a cart of the same ` +
    "session, which then doesn't count.",
  ];
}
