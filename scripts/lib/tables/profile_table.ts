import type { EventsProfile } from "../../../src/analysis/profile/profile.ts";
import { TYPES } from "../../../src/analysis/profile/events_profile.ts";
import { formatCount } from "../../../src/base/format.ts";

/** A figure's title, its format, and its value in a profile. */
type Figure = readonly [
  name: string,
  show: (value: number) => string,
  of: (profile: EventsProfile) => number,
];

const percent = (value: number): string => `${(100 * value).toFixed(value < 0.0995 ? 2 : 1)}%`;
const rare = (value: number): string => `${(100 * value).toPrecision(2)}%`;
const decimal = (value: number): string => value.toFixed(2);

const QUARTILES = ["first quartile", "median", "third quartile"] as const;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const FIGURES: readonly Figure[] = [
  ["rows", formatCount, (p) => p.rows],
  ...TYPES.map((type): Figure => [`rows: ${type}`, percent, (p) => p.eventShares[type]]),
  ["rows: exact duplicates", percent, (p) => p.duplicateShare],
  ["rows without brand", percent, (p) => p.missingShares.brand],
  ["rows without category_code", percent, (p) => p.missingShares.category_code],
  ["rows without user_session", rare, (p) => p.missingShares.user_session],
  ["rows with price zero", percent, (p) => p.zeroPriceShare],
  ["rows with negative price", rare, (p) => p.negativePriceShare],
  ["mean price", decimal, (p) => p.meanPrice],
  ...(["all", ...TYPES] as const).flatMap((type) =>
    QUARTILES.map((name, i): Figure => [
      `price, ${type}: ${name}`,
      decimal,
      (p) => p.priceQuartiles[type][i],
    ])
  ),
  ["users", formatCount, (p) => p.users],
  ["sessions per user: mean", decimal, (p) => p.sessionsPerUser.mean],
  ["sessions per user: median", formatCount, (p) => p.sessionsPerUser.median],
  ["sessions per user: 75th percentile", formatCount, (p) => p.sessionsPerUser.p75],
  ["products per user: mean", decimal, (p) => p.productsPerUser.mean],
  ["products per user: median", formatCount, (p) => p.productsPerUser.median],
  ["products per user: 75th percentile", formatCount, (p) => p.productsPerUser.p75],
  ["users who ever buy", percent, (p) => p.buyerShare],
  ["sessions", formatCount, (p) => p.sessions],
  ...TYPES.map((type): Figure => [`sessions with ${type}`, percent, (p) => p.funnel[type]]),
  ["sessions with views only", percent, (p) => p.funnel.viewOnly],
  ...TYPES.map((type): Figure => [`${type} per session`, decimal, (p) => p.sessionMeans[type]]),
  ["products per session", decimal, (p) => p.sessionMeans.products],
  ["cart per buying session", decimal, (p) => p.buyingSessionMeans.cart],
  ["products per buying session", decimal, (p) => p.buyingSessionMeans.products],
  ["session minutes: median", decimal, (p) => p.sessionMinutes.median],
  ["session minutes: 95th percentile", decimal, (p) => p.sessionMinutes.p95],
  ["sessions of over a day", percent, (p) => p.sessionMinutes.overADayShare],
  ["seconds between events: median", formatCount, (p) => p.gapSeconds.median],
  ["seconds between events: 90th percentile", formatCount, (p) => p.gapSeconds.p90],
  ["seconds between events: 99th percentile", formatCount, (p) => p.gapSeconds.p99],
  ["purchases of the top ten products", percent, (p) => p.topTenPurchaseShare],
  ["rows of the top five brands", percent, (p) => p.topFiveBrandShare],
  ...Array.from({ length: 24 }, (_, hour): Figure => [
    `views at ${String(hour).padStart(2, "0")} h UTC`,
    percent,
    (p) => p.hours[hour],
  ]),
  ...WEEKDAYS.map((name, day): Figure => [`views on a ${name}`, percent, (p) => p.weekdays[day]]),
];

/** Figures that the requested size determines, so that their difference is meaningless. */
const SIZES = ["rows", "users", "sessions"];

/**
 * The figures of two shops side by side: name, both values, and by how much the first one is
 * higher.
 */
export function figureRows(shop: EventsProfile, other: EventsProfile): string[][] {
  return FIGURES.map(([name, show, of]) => [
    name,
    show(of(shop)),
    show(of(other)),
    SIZES.includes(name) ? "" : difference(of(shop), of(other)),
  ]);
}

function difference(value: number, other: number): string {
  if (value === other) return "0%";
  const part = value / other - 1;
  return Number.isFinite(part) ? `${part > 0 ? "+" : ""}${(100 * part).toFixed(0)}%` : "";
}
