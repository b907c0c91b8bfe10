import { formatCount, formatCounted, formatShare } from "../../base/format.ts";
import { MS_PER_DAY } from "../../base/time.ts";
import { type ActivityShare, heavyUsers, type IssueShare } from "./cleaning_findings.ts";

/** What the advice on the data is computed from. */
export interface DataFigures {
  readonly issues: readonly IssueShare[];
  readonly activity: readonly ActivityShare[];
  /** Days with events, in order. */
  readonly days: readonly { readonly date: string }[];
  readonly report: { readonly rowsIn: number; readonly rowsOut: number };
}

/** From this many events a month on, a look at the user is worth it. */
const HEAVY = 100;

/** A smaller share of copies changes no figure that anybody acts on. */
const FEW_COPIES = .001;

/** A month shorter than this is too short to train on. */
const ENOUGH_DAYS = 14;

/** Says what the shop should do about its data, in three to five sentences with figures. */
export function cleaningAdvice({ issues, activity, days, report }: DataFigures): string[] {
  return [
    describeAdvice(issues),
    duplicateAdvice(issues),
    heavyAdvice(heavyUsers(activity, HEAVY)),
    daysAdvice(days),
    (report.rowsOut === report.rowsIn
      ? `Train on all ${formatCounted(report.rowsIn, "row")}: `
      : `Train on the ${formatCount(report.rowsOut)} of ${
        formatCounted(report.rowsIn, "row")
      } that are left: `) +
    "`deno task clean` writes them, `deno task train` cleans by itself.",
  ];
}

function describeAdvice(issues: readonly IssueShare[]): string {
  const [most] = issues.filter(({ issue }) => /^(category path|brand) missing/.test(issue))
    .toSorted((a, b) => b.share - a.share);
  if (!most || most.rows === 0) {
    return "Keep the product feed as it is: every row has a category path and a brand.";
  }
  const what = most.issue.startsWith("brand") ? "brand" : "category path";
  return `Fill in the ${what} first: ${
    formatShare(most.share)
  } of the rows lack it, and products ` +
    "without events can only be found by what is known about them.";
}

function duplicateAdvice(issues: readonly IssueShare[]): string {
  const copies = issues.find(({ issue }) => issue.startsWith("exact duplicate"));
  if (!copies || copies.rows === 0) return "Leave the tracker alone: it sends nothing twice.";
  const { rows, share } = copies;
  return share < FEW_COPIES
    ? `Don't worry about copies: they are ${formatShare(share)} of the rows, ${
      formatCount(rows)
    } in all.`
    : `Find out what sends ${formatShare(share)} of the rows twice: these ${
      formatCount(rows)
    } copies inflate every count that is made without cleaning.`;
}

function heavyAdvice(heavy: ActivityShare): string {
  return heavy.users === 0
    ? `Don't bother about bots: no user has ${formatCount(HEAVY)} events.`
    : `Look at the ${formatCount(heavy.users)} users with ${formatCount(HEAVY)} events or more, ` +
      `who make ${formatShare(heavy.eventShare)} of all events and ${
        formatCount(heavy.purchases)
      } purchases; if they are bots, leave them out with \`--max-events-per-user\`.`;
}

function daysAdvice(days: readonly { readonly date: string }[]): string {
  const span = 1 + (Date.parse(days.at(-1)!.date) - Date.parse(days[0].date)) / MS_PER_DAY;
  if (days.length < span) {
    return `Ask for the ${formatCount(span - days.length)} days between ${days[0].date} and ${
      days.at(-1)!.date
    } that have no events.`;
  }
  return days.length < ENOUGH_DAYS
    ? `Export more days: ${formatCounted(days.length, "day")} won't show who returns.`
    : `Trust the export's completeness: all ${formatCount(days.length)} days have events.`;
}
