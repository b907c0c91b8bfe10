/** Compares the simulated shop with the real one's figures, within the tolerances given here. */
import { profileEvents } from "../../src/analysis/profile/profile.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { readEvents } from "../../src/events/read/read.ts";
import { REAL_FIGURES, writeSimulation } from "../../src/simulate/mod.ts";
import { assert, assertAlmostEquals, assertEquals } from "../assert.ts";

using folder = new TempFolder();
const month = `${folder.path}/month.csv`;
await writeSimulation(month, { events: 150_000 });
const { events, rejects } = await readEvents([month]);
const simulated = await profileEvents(events);

/** Every number of a profile with its name, `funnel.cart` for example. */
function numbersOf(value: unknown, name = ""): [string, number][] {
  if (typeof value === "number") return [[name, value]];
  return Object.entries(value as object).flatMap(([key, part]) =>
    numbersOf(part, name === "" ? key : `${name}.${key}`)
  );
}

const actual = new Map(numbersOf(simulated));
const real = new Map(numbersOf(REAL_FIGURES));

function holds(names: readonly string[], tolerance: number): void {
  const outside = names.filter((name) =>
    !(Math.abs(actual.get(name)! / real.get(name)! - 1) < tolerance)
  );
  assertEquals(
    outside.map((name) => `${name}: ${actual.get(name)}, real ${real.get(name)}`),
    [],
  );
}

Deno.test("the reader accepts every simulated row", () => {
  assertEquals(rejects.length, 0);
  assertEquals(simulated.rows, 150_000);
});

Deno.test("types of events, duplicates and missing values are within 12% of the real ones", () => {
  holds([
    "eventShares.view",
    "eventShares.cart",
    "eventShares.remove_from_cart",
    "eventShares.purchase",
    "duplicateShare",
    "missingShares.brand",
    "missingShares.category_code",
  ], 0.12);
});

Deno.test("the funnel of sessions is within 10% of the real one", () => {
  holds([
    "funnel.view",
    "funnel.cart",
    "funnel.remove_from_cart",
    "funnel.purchase",
    "funnel.viewOnly",
  ], 0.1);
});

Deno.test("events per session are within 12% of the real ones", () => {
  holds([
    "sessionMeans.view",
    "sessionMeans.cart",
    "sessionMeans.remove_from_cart",
    "sessionMeans.purchase",
    "sessionMeans.products",
    "buyingSessionMeans.cart",
    "buyingSessionMeans.products",
  ], 0.12);
});

Deno.test("medians and quartiles of price by type are within 20% of the real ones", () => {
  holds([...real.keys()].filter((name) => name.startsWith("priceQuartiles")), 0.2);
  holds(["meanPrice"], 0.15);
});

Deno.test("lengths of sessions and gaps between events are within 15% of the real ones", () => {
  assertEquals(simulated.sessionMinutes.median, 0);
  holds(["sessionMinutes.p95", "gapSeconds.median", "gapSeconds.p90", "gapSeconds.p99"], 0.15);
  holds(["sessionMinutes.overADayShare"], 0.25);
});

Deno.test("a month has fewer sessions per user than five months, but the same medians", () => {
  assertEquals(simulated.sessionsPerUser.median, 1);
  assertEquals(simulated.sessionsPerUser.p75, 2);
  assertEquals(simulated.productsPerUser.median, 1);
  assert(simulated.sessionsPerUser.mean > 2 && simulated.sessionsPerUser.mean < 2.8);
  holds(["productsPerUser.mean", "buyerShare"], 0.15);
  // One more than in the real shop.
  assertAlmostEquals(simulated.productsPerUser.p75, 4, 1);
});

Deno.test("the head of popularity resembles the real one, larger in a smaller catalogue", () => {
  assert(simulated.topTenPurchaseShare > 0.02 && simulated.topTenPurchaseShare < 0.08);
  assert(simulated.topFiveBrandShare > 0.17 && simulated.topFiveBrandShare < 0.35);
});

Deno.test("a few prices are zero, almost none negative, and a few rows lack a session", () => {
  holds(["zeroPriceShare"], 0.4);
  assert(simulated.negativePriceShare < 1e-4);
  holds(["missingShares.user_session"], 0.6);
});

Deno.test("the hours of the day and the days of the week have the real shares", () => {
  simulated.hours.forEach((share, hour) =>
    assertAlmostEquals(share, REAL_FIGURES.hours[hour], 0.006, `${hour} h`)
  );
  simulated.weekdays.forEach((share, day) =>
    assertAlmostEquals(share, REAL_FIGURES.weekdays[day], 0.012, `day ${day}`)
  );
});
