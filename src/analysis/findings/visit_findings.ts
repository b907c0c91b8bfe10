import { formatCount, formatCounted, formatShare } from "../../base/format.ts";
import { bestBy, listed } from "./words.ts";

/** The events of one hour of the week. */
export interface HourCounts {
  /** 1 Monday to 7 Sunday. */
  readonly dayOfWeek: number;
  readonly hour: number;
  /** NaN if the data doesn't cover the hour. */
  readonly eventsPerHour: number;
}

/** The distribution of sessions per user; the first bin holds users with one. */
export interface SessionCounts {
  readonly users: number;
  readonly bins: readonly {
    readonly from: number;
    readonly users: number;
    readonly share: number;
  }[];
}

/** How many did something, and how many repeated it. */
export interface RepeatCounts {
  readonly all: number;
  readonly repeated: number;
  readonly share: number;
}

/** A cohort's users who were active some weeks after their first. */
export interface CohortWeek {
  readonly users: number;
  readonly week: number;
  readonly active: number;
}

/** A month's buyers who bought in the next month too. */
export interface MonthBuyers {
  readonly month: string;
  readonly share: number;
}

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Says when people are most and least active, and how many hours of the week aren't covered. */
export function hourFindings(hours: readonly HourCounts[]): string[] {
  const covered = hours.filter(({ eventsPerHour }) => !Number.isNaN(eventsPerHour));
  if (covered.length === 0) return [];
  const missing = hours.length - covered.length;
  if (covered.length === 1) return [`All events are of one hour, ${nameOf(covered[0])} UTC.`];
  const most = bestBy(covered, ({ eventsPerHour }) => eventsPerHour);
  const least = bestBy(covered, ({ eventsPerHour }) => -eventsPerHour);
  return [
    `The busiest hour is ${nameOf(most)} UTC with ${formatCount(most.eventsPerHour)} events, the ` +
    `quietest ${nameOf(least)} with ${formatCount(least.eventsPerHour)}.`,
    ...(missing > 0
      ? [`The data doesn't cover ${missing} of the ${hours.length} hours of a week.`]
      : []),
  ];
}

function nameOf({ dayOfWeek, hour }: HourCounts): string {
  return `${DAYS[dayOfWeek - 1]} ${hour}:00`;
}

/** Says how many users come once. */
export function sessionFinding({ users, bins }: SessionCounts): string {
  const once = bins[0].share;
  return `${once > .5 ? "Most" : "A minority of"} users come once: ${formatShare(once)} of ${
    formatCounted(users, "user")
  } have a single session, so ${
    once > .5 ? "models have little to go by for most of them" : "most have a history to go by"
  }.`;
}

/** Says how many buyers, and pairs of a buyer and a product, buy again. */
export function repeatFindings(
  { buyers, pairs }: { readonly buyers: RepeatCounts; readonly pairs: RepeatCounts },
): string[] {
  if (buyers.all === 0) return ["Nobody buys anything, so nobody buys again."];
  if (buyers.repeated === 0) {
    return [`None of ${formatCounted(buyers.all, "buyer")} buys in a second session.`];
  }
  return [
    `${formatShare(buyers.share)} of ${
      formatCounted(buyers.all, "buyer")
    } buy in a second session; ${formatShare(pairs.share)} of ${
      formatCounted(pairs.all, "pair")
    } of a buyer and a product are bought again.`,
  ];
}

/** Says how many users return in the week after their first. */
export function retentionFindings(cells: readonly CohortWeek[]): string[] {
  const next = cells.filter(({ week }) => week === 1);
  if (next.length === 0) return [];
  const sum = (of: (cell: CohortWeek) => number) =>
    next.reduce((total, cell) => total + of(cell), 0);
  const [active, users] = [sum(({ active }) => active), sum(({ users }) => users)];
  return [
    `${formatShare(active / users)} of ${
      formatCounted(users, "user")
    } return in the week after their ` +
    "first.",
  ];
}

/** Says how many of a month's buyers buy in the next month, or why that can't be said. */
export function returningBuyersFinding(months: readonly MonthBuyers[]): string {
  if (months.length === 0) {
    return "How many buyers buy again in the next month can't be said: the purchases are of one " +
      "month only, or there are none.";
  }
  const names = months.map(({ month }) => month);
  if (months.every(({ share }) => share === 0)) {
    return `No buyer of ${listed(names)} buys again in the next month.`;
  }
  const shares = months.map(({ month, share }) => `${formatShare(share)} of ${month}`);
  return `This share of a month's buyers buys again in the next month: ${listed(shares)}.`;
}
