import type { Sample } from "../../../src/pages/figures/samples.ts";
import { warningsFor } from "../../../src/pages/figures/warnings.ts";
import { assertEquals } from "../../assert.ts";
// @ts-types="../../scripts/ops/std_yaml.d.ts"
import { parse } from "@std/yaml/parse";

const NOTHING: Sample = {
  time: 0,
  requests: 0,
  failed: 0,
  turnedAway: 0,
  lists: 0,
  personalized: 0,
  eventsStored: 0,
  eventsRefused: 0,
  storeErrors: 0,
  historyErrors: 0,
  listsWithin: [],
};

const MADE = "2019-11-03T12:00:00Z";
const DAY = 86_400_000;

/** The alerts after a growth from nothing. */
function alertsAfter(
  growth: Partial<Sample>,
  { days = 1, minutes = 60 }: { days?: number; minutes?: number } = {},
): string[] {
  const samples = { last: () => [NOTHING, { ...NOTHING, ...growth, time: minutes * 60_000 }] };
  return warningsFor({ samples, manifest: { created: MADE }, now: Date.parse(MADE) + days * DAY })
    .map(({ alert }) => alert);
}

const CASES: readonly [string, Partial<Sample>, Partial<Sample>][] = [
  ["RecommenderErrors", { requests: 100, failed: 2 }, { requests: 100, failed: 1 }],
  ["RecommenderTurnsAway", { requests: 100, turnedAway: 6 }, { requests: 100, turnedAway: 5 }],
  ["RecommenderStoreFails", { storeErrors: 1 }, { storeErrors: 0 }],
  ["RecommenderHistoriesFail", { historyErrors: 1 }, { historyErrors: 0 }],
  [
    "RecommenderNoEvents",
    { lists: 101, personalized: 101 },
    { lists: 101, personalized: 101, eventsStored: 1 },
  ],
  [
    "RecommenderEventsRefused",
    { eventsStored: 100, eventsRefused: 6 },
    { eventsStored: 100, eventsRefused: 5 },
  ],
  ["RecommenderImpersonal", { lists: 100, personalized: 9 }, { lists: 100, personalized: 10 }],
  [
    "RecommenderSlow",
    { listsWithin: [{ bound: .25, count: 98 }, { bound: .5, count: 100 }] },
    { listsWithin: [{ bound: .25, count: 99 }, { bound: .5, count: 100 }] },
  ],
];

for (const [alert, above, at] of CASES) {
  Deno.test(`${alert} is a warning above its threshold, not at it`, () => {
    assertEquals(alertsAfter(above), [alert]);
    assertEquals(alertsAfter(at), []);
  });
}

Deno.test("RecommenderModelOld is a warning after 14 days", () => {
  assertEquals(alertsAfter({}, { days: 14 }), []);
  assertEquals(alertsAfter({}, { days: 14.1 }), ["RecommenderModelOld"]);
});

Deno.test("a few requests say little of who gets personalized lists, and of events", () => {
  assertEquals(alertsAfter({ lists: 200 }, { minutes: 59 }), []);
  assertEquals(alertsAfter({ lists: 200 }), ["RecommenderNoEvents", "RecommenderImpersonal"]);
});

Deno.test("one sample warns of nothing", () => {
  const samples = { last: () => [{ ...NOTHING, storeErrors: 3 }] };
  assertEquals(warningsFor({ samples, manifest: { created: MADE }, now: Date.parse(MADE) }), []);
});

/**
 * Alerts that one process can't see: of itself when it is down, of several processes, and of a week
 * ago.
 */
const ELSEWHERE = [
  ...["RecommenderDown", "RecommenderRestarts", "RecommenderVersionsDiffer"],
  ...["RecommenderClicksFall", "RecommenderNoClicks", "RecommenderArmsOff"],
];

Deno.test("every alert of scripts/ops that one process can see is a warning", async () => {
  const file = new URL("../../../scripts/ops/alerts.yaml", import.meta.url);
  const { groups } = parse(await Deno.readTextFile(file)) as {
    groups: { rules: { alert: string }[] }[];
  };
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
  const warned = [...CASES.map(([alert]) => alert), "RecommenderModelOld", ...ELSEWHERE];
  assertEquals(warned.toSorted(), alerts.toSorted());
});
