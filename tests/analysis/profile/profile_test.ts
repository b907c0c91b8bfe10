import pl from "nodejs-polars";
import { type EventsProfile, profileEvents } from "../../../src/analysis/profile/profile.ts";
import { TIME_TYPE } from "../../../src/events/tables/schema.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

/**
 * Time, type, product, price, user, session; products have the brands and codes of {@linkcode
 * BRANDS}.
 */
type Row = readonly [string, string, number, number, number, string | null];

const BRANDS: Readonly<Record<number, string | null>> = { 1: "x", 2: null, 3: "y" };
const CODES: Readonly<Record<number, string | null>> = { 1: "a.b", 2: null, 3: null };

/** Raw events as the reader returns them. */
function eventsOf(rows: readonly Row[]): pl.DataFrame {
  const text = (name: string, values: (string | null)[]): pl.Series =>
    pl.Series(name, values, pl.Utf8);
  const number = (name: string, values: number[]): pl.Series => pl.Series(name, values, pl.Float64);
  const time = pl.col("event_time").str.strptime(pl.Datetime, "%Y-%m-%d %H:%M:%S");
  return pl.DataFrame([
    text("event_time", rows.map(([time]) => time)),
    text("event_type", rows.map(([, type]) => type)),
    number("product_id", rows.map(([, , product]) => product)),
    number("category_id", rows.map(() => 7)),
    text("category_code", rows.map(([, , product]) => CODES[product])),
    text("brand", rows.map(([, , product]) => BRANDS[product])),
    number("price", rows.map(([, , , price]) => price)),
    number("user_id", rows.map(([, , , , user]) => user)),
    text("user_session", rows.map(([, , , , , session]) => session)),
  ]).withColumns(
    time.cast(TIME_TYPE, true).alias("event_time"),
    ...["product_id", "category_id", "user_id"].map((name) => pl.col(name).cast(pl.Int64, true)),
  );
}

// 7 October 2019 was a Monday. Session s1 has an exact duplicate, s3 lasts 25 hours.
const EVENTS = eventsOf([
  ["2019-10-07 10:00:00", "view", 1, 2, 1, "s1"],
  ["2019-10-07 10:00:10", "view", 2, 4, 1, "s1"],
  ["2019-10-07 10:00:10", "view", 2, 4, 1, "s1"],
  ["2019-10-07 10:02:10", "cart", 1, 2, 1, "s1"],
  ["2019-10-07 10:03:10", "purchase", 1, 2, 1, "s1"],
  ["2019-10-08 12:00:00", "view", 1, 2, 1, "s2"],
  ["2019-10-08 12:00:00", "remove_from_cart", 3, -1, 2, "s3"],
  ["2019-10-09 12:00:00", "view", 1, 2, 3, null],
  ["2019-10-09 13:00:00", "cart", 3, 0, 2, "s3"],
]);

/** Compares every number of two profiles. */
function assertClose(actual: unknown, expected: unknown, name: string): void {
  if (typeof expected === "number") {
    assertAlmostEquals(actual as number, expected, 1e-9, name);
  } else {
    for (const [key, part] of Object.entries(expected as object)) {
      assertClose((actual as Record<string, unknown>)[key], part, `${name}.${key}`);
    }
  }
}

Deno.test("every figure of a small table matches the value worked out by hand", async () => {
  const hours = new Array<number>(24).fill(0);
  hours[10] = 3 / 5;
  hours[12] = 2 / 5;
  const expected: EventsProfile = {
    rows: 9,
    eventShares: { view: 5 / 9, cart: 2 / 9, remove_from_cart: 1 / 9, purchase: 1 / 9 },
    duplicateShare: 1 / 9,
    missingShares: { brand: 2 / 9, category_code: 4 / 9, user_session: 1 / 9 },
    zeroPriceShare: 1 / 9,
    negativePriceShare: 1 / 9,
    meanPrice: 17 / 9,
    priceQuartiles: {
      all: [2, 2, 2],
      view: [2, 2, 4],
      cart: [0.5, 1, 1.5],
      remove_from_cart: [-1, -1, -1],
      purchase: [2, 2, 2],
    },
    users: 3,
    // 2, 1 and 0 sessions; 2, 1 and 1 products.
    sessionsPerUser: { mean: 1, median: 1, p75: 1.5 },
    productsPerUser: { mean: 4 / 3, median: 1, p75: 1.5 },
    buyerShare: 1 / 3,
    sessions: 3,
    funnel: {
      view: 2 / 3,
      cart: 2 / 3,
      remove_from_cart: 1 / 3,
      purchase: 1 / 3,
      viewOnly: 1 / 3,
    },
    sessionMeans: {
      view: 1,
      cart: 2 / 3,
      remove_from_cart: 1 / 3,
      purchase: 1 / 3,
      products: 4 / 3,
    },
    buyingSessionMeans: { cart: 1, products: 2 },
    // 0, 190 s and 25 h; the 95th percentile is nine tenths of the way from the second to the
    // third.
    sessionMinutes: {
      median: 190 / 60,
      p95: 190 / 60 + 0.9 * (1500 - 190 / 60),
      overADayShare: 1 / 3,
    },
    // 10, 60, 120 and 90,000 seconds.
    gapSeconds: { median: 90, p90: 120 + 0.7 * 89_880, p99: 120 + 0.97 * 89_880 },
    topTenPurchaseShare: 1,
    topFiveBrandShare: 7 / 9,
    hours,
    weekdays: [3 / 5, 1 / 5, 1 / 5, 0, 0, 0, 0],
  };
  assertClose(await profileEvents(EVENTS), expected, "profile");
});

Deno.test("weekdays are compared by their average day: a month has more of some", async () => {
  const { weekdays } = await profileEvents(eventsOf([
    ["2019-10-07 10:00:00", "view", 1, 2, 1, "s1"],
    ["2019-10-14 10:00:00", "view", 1, 2, 1, "s2"],
    ["2019-10-14 10:00:01", "view", 1, 2, 1, "s2"],
    ["2019-10-14 10:00:02", "view", 1, 2, 1, "s2"],
    ["2019-10-08 10:00:00", "view", 1, 2, 1, "s3"],
    ["2019-10-08 10:00:01", "view", 1, 2, 1, "s3"],
  ]));
  // Mondays have 1 and 3 views, the Tuesday has 2.
  assertEquals(weekdays, [0.5, 0.5, 0, 0, 0, 0, 0]);
});

Deno.test("only the top ten products count towards the head", async () => {
  const rows = Array.from(
    { length: 12 },
    (_, i): Row[] =>
      Array.from({ length: i < 2 ? 5 : 1 }, (_, second): Row => [
        `2019-10-07 10:00:0${second}`,
        "purchase",
        i,
        1,
        1,
        "s1",
      ]),
  );
  // 5 + 5 + 8 of 20 purchases.
  const { topTenPurchaseShare } = await profileEvents(eventsOf(rows.flat()));
  assertAlmostEquals(topTenPurchaseShare, 0.9, 1e-12);
});

Deno.test("without purchases, the figures of purchases are NaN", async () => {
  const profile = await profileEvents(EVENTS.filter(pl.col("event_type").eq(pl.lit("view"))));
  assertEquals(profile.priceQuartiles.purchase, [NaN, NaN, NaN]);
  assertEquals(profile.topTenPurchaseShare, NaN);
  assertEquals(profile.buyerShare, 0);
});
