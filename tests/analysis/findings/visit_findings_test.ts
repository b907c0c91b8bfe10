import {
  hourFindings,
  repeatFindings,
  retentionFindings,
  returningBuyersFinding,
  sessionFinding,
} from "../../../src/analysis/findings/visit_findings.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("busy and quiet hours are named, and how many the data doesn't cover", () => {
  const hour = (hour: number, eventsPerHour: number) => ({ dayOfWeek: 2, hour, eventsPerHour });
  assertEquals(hourFindings([hour(0, 50), hour(1, 3), hour(2, NaN)]), [
    "The busiest hour is Tuesday 0:00 UTC with 50 events, the quietest Tuesday 1:00 with 3.",
    "The data doesn't cover 1 of the 3 hours of a week.",
  ]);
  assertEquals(hourFindings([hour(2, NaN)]), []);
  assertEquals(hourFindings([hour(0, 100), hour(1, NaN)]), [
    "All events are of one hour, Tuesday 0:00 UTC.",
  ]);
});

Deno.test("most users come once, or a minority", () => {
  const sessions = (share: number) => ({ users: 200, bins: [{ from: 1, users: 1, share }] });
  assertEquals(
    sessionFinding(sessions(.9)),
    "Most users come once: 90% of 200 users have a single session, so models have little to " +
      "go by " +
      "for most of them.",
  );
  assertEquals(
    sessionFinding(sessions(.2)),
    "A minority of users come once: 20% of 200 users have a single session, so most have a " +
      "history " +
      "to go by.",
  );
});

Deno.test("repeated purchases are counted, and their absence is said", () => {
  const buyers = { all: 40, repeated: 4, share: .1 }, pairs = { all: 100, repeated: 2, share: .02 };
  assertEquals(repeatFindings({ buyers, pairs }), [
    "10% of 40 buyers buy in a second session; 2% of 100 pairs of a buyer and a product are " +
    "bought " +
    "again.",
  ]);
  assertEquals(repeatFindings({ buyers: { ...buyers, repeated: 0, share: 0 }, pairs }), [
    "None of 40 buyers buys in a second session.",
  ]);
  assertEquals(repeatFindings({ buyers: { all: 0, repeated: 0, share: NaN }, pairs }), [
    "Nobody buys anything, so nobody buys again.",
  ]);
});

Deno.test("retention is that of the week after the first, over all cohorts", () => {
  const cells = [
    { users: 100, week: 0, active: 100 },
    { users: 100, week: 1, active: 10 },
    { users: 50, week: 1, active: 20 },
    { users: 100, week: 2, active: 90 },
  ];
  assertEquals(retentionFindings(cells), [
    "20% of 150 users return in the week after their first.",
  ]);
  assertEquals(retentionFindings(cells.slice(0, 1)), []);
});

Deno.test("buyers of the next month need two months", () => {
  assertEquals(
    returningBuyersFinding([{ month: "2019-10", share: .185 }, { month: "2019-11", share: .09 }]),
    "This share of a month's buyers buys again in the next month: 18.5% of 2019-10 and 9% of " +
      "2019-11.",
  );
  assertEquals(
    returningBuyersFinding([{ month: "2019-10", share: 0 }, { month: "2019-11", share: 0 }]),
    "No buyer of 2019-10 and 2019-11 buys again in the next month.",
  );
  assertEquals(
    returningBuyersFinding([]),
    "How many buyers buy again in the next month can't be said: the purchases are of one month " +
      "only, or there are none.",
  );
});
