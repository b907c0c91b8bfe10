import { formatCount, formatCounted, formatShare } from "../../base/format.ts";
import { MS_PER_DAY } from "../../base/time.ts";
import { listed } from "./words.ts";

/** A share of the raw rows with an issue, by the name that `dataIssues()` gives it. */
export interface IssueShare {
  readonly issue: string;
  readonly rows: number;
  readonly share: number;
}

/** Users with `from` to `to` events. */
export interface ActivityShare {
  readonly from: number;
  readonly users: number;
  readonly userShare: number;
  readonly events: number;
  readonly eventShare: number;
  readonly purchases: number;
}

/** The result of cleaning. */
export interface CleaningCounts {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly steps: readonly { readonly step: string; readonly removed: number }[];
  readonly removals: number;
  readonly cartsCancelled: number;
}

/** The events of a type with a rating. */
export interface RatingShare {
  readonly eventType: string;
  readonly rating: number;
  readonly events: number;
  readonly share: number;
}

/** The events of one day. */
export interface DayCounts {
  readonly date: string;
  readonly views: number;
  readonly carts: number;
  readonly removals: number;
  readonly purchases: number;
}

/** Says what raw rows lack, and how many are wrong. */
export function issueFindings(issues: readonly IssueShare[]): string[] {
  const share = (start: string): string | undefined => {
    const { rows = 0, share = 0 } = issues.find(({ issue }) => issue.startsWith(start)) ?? {};
    return rows === 0 ? undefined : formatShare(share);
  };
  const shares = (parts: readonly (readonly [string, string | undefined])[]): string =>
    listed(
      parts.flatMap(([what, share]) => share === undefined ? [] : [`${share} ${what}`]),
    ).replace(" ", " of the rows ");
  const missing = shares([
    ["lack a category path", share("category path missing")],
    ["lack a brand", share("brand missing")],
  ]);
  const copies = shares([["are exact copies of an earlier one", share("exact duplicate")]]);
  const prices = shares([
    ["have a price of zero", share("price zero")],
    ["have no price or a negative one", share("price missing or negative")],
  ]);
  return [
    missing === "" ? "Every row has a category path and a brand." : `${missing}.`,
    copies === "" ? "No row is an exact copy of an earlier one." : `${copies}.`,
    prices === "" ? "Every row has a price above zero." : `${prices}.`,
  ];
}

/** Says how much of the activity is by users with many events, and whether they buy. */
export function activityFinding(bins: readonly ActivityShare[], from: number): string {
  const heavy = heavyUsers(bins, from);
  if (heavy.users === 0) return `No user has ${formatCount(from)} events or more.`;
  const all = heavyUsers(bins, 0);
  const rest = (all.purchases - heavy.purchases) / (all.events - heavy.events);
  const own = heavy.purchases / heavy.events;
  return `${formatShare(heavy.userShare)} of users have ${formatCount(from)} events or more and ` +
    `make ${formatShare(heavy.eventShare)} of all events. ${
      formatShare(own)
    } of their events are ` +
    `purchases, against ${formatShare(rest)} of the other users': ` +
    (own < rest
      ? "for what they do, they buy less than others, as bots would."
      : "they don't look like bots, which rarely buy.");
}

/** Adds up the bins of users with at least `from` events. */
export function heavyUsers(bins: readonly ActivityShare[], from: number): ActivityShare {
  const none = { from, users: 0, userShare: 0, events: 0, eventShare: 0, purchases: 0 };
  return bins.filter((bin) => bin.from >= from).reduce((sum, bin) => ({
    from,
    users: sum.users + bin.users,
    userShare: sum.userShare + bin.userShare,
    events: sum.events + bin.events,
    eventShare: sum.eventShare + bin.eventShare,
    purchases: sum.purchases + bin.purchases,
  }), none);
}

/** Says how many rows cleaning keeps, which step removes most, and how many carts are cancelled. */
export function stepFindings(
  { rowsIn, rowsOut, steps, removals, cartsCancelled }: CleaningCounts,
): string[] {
  const largest = steps.toSorted((a, b) => b.removed - a.removed)[0];
  return [
    rowsOut === rowsIn
      ? `Cleaning keeps all ${formatCounted(rowsIn, "row")}.`
      : `Cleaning removes ${formatCount(rowsIn - rowsOut)} of ${formatCounted(rowsIn, "row")} (${
        formatShare(1 - rowsOut / rowsIn)
      }), above all ${largest.step} (${formatCount(largest.removed)}).`,
    removals === 0
      ? "No event removes a product from the cart."
      : cartsCancelled === 0
      ? `None of ${formatCounted(removals, "removal")} cancels a cart of the same session.`
      : `${formatCount(cartsCancelled)} of ${
        formatCounted(removals, "removal")
      } cancel a cart of the ` +
        "same session, which then doesn't count.",
  ];
}

/** Says how many rows got a placeholder for a missing brand or category path. */
export function placeholderFinding(
  { rowsOut, unknownBrands, unknownCategories }: {
    readonly rowsOut: number;
    readonly unknownBrands: number;
    readonly unknownCategories: number;
  },
): string {
  if (unknownBrands + unknownCategories === 0) return "No row needs a placeholder.";
  return `Of the rows kept, ${
    formatShare(unknownBrands / rowsOut)
  } have the placeholder as brand ` +
    `and ${formatShare(unknownCategories / rowsOut)} as category path.`;
}

/** Says what part of all ratings purchases make up. */
export function ratingFinding(ratings: readonly RatingShare[]): string {
  const weigh = (rows: readonly RatingShare[]): number =>
    rows.reduce((sum, { rating, events }) => sum + rating * events, 0);
  const purchases = ratings.filter(({ eventType }) => eventType === "purchase");
  if (purchases.length === 0) return "There are no purchases, so no rating is 4.";
  const share = purchases.reduce((sum, { share }) => sum + share, 0);
  return `Purchases are ${formatShare(share)} of events, but ${
    formatShare(weigh(purchases) / weigh(ratings))
  } of the sum of ratings.`;
}

/** Says how steady days are, and whether some have no events. */
export function dayFindings(days: readonly DayCounts[]): string[] {
  if (days.length < 2) return [];
  const span = 1 + (Date.parse(days.at(-1)!.date) - Date.parse(days[0].date)) / MS_PER_DAY;
  const sizes = days.map((day) => ({ ...day, events: eventsOf(day) }))
    .toSorted((a, b) => a.events - b.events);
  const [least, most] = [sizes[0], sizes.at(-1)!];
  return [
    span === days.length
      ? `Every one of the ${formatCount(span)} days has events.`
      : `${formatCount(span - days.length)} of ${formatCount(span)} days have no events: check ` +
        "whether the export is complete.",
    `${most.date} has most events, ${formatCount(most.events)}, and ${least.date} fewest, ${
      formatCount(least.events)
    }.`,
  ];
}

function eventsOf({ views, carts, removals, purchases }: DayCounts): number {
  return views + carts + removals + purchases;
}
