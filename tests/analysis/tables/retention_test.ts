import { weeklyRetention } from "../../../src/analysis/tables/retention.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../../events/cleaned_events.ts";

const view = (at: string, user: number) => ({ at, type: "view", user }) as const;

Deno.test("cohorts are counted in every week after their first", async () => {
  const cells = await weeklyRetention(cleanedEvents([
    view("2019-10-01 00:00:00", 1),
    view("2019-10-07 23:59:59", 2), // the last second of the first week
    view("2019-10-08 00:00:00", 1),
    view("2019-10-09 00:00:00", 3),
    view("2019-10-15 00:00:00", 2),
    view("2019-10-21 12:00:00", 3),
    view("2019-10-22 12:00:00", 4), // in the broken week at the end
  ]));
  assertEquals(cells, [
    { cohort: "2019-10-01", users: 2, week: 0, active: 2, share: 1 },
    { cohort: "2019-10-01", users: 2, week: 1, active: 1, share: .5 },
    { cohort: "2019-10-01", users: 2, week: 2, active: 1, share: .5 },
    { cohort: "2019-10-08", users: 1, week: 0, active: 1, share: 1 },
    { cohort: "2019-10-08", users: 1, week: 1, active: 1, share: 1 },
  ]);
});

Deno.test("less than a week of data has no retention", async () => {
  assertEquals(await weeklyRetention(cleanedEvents([view("2019-10-01 00:00:00", 1)])), []);
  assertEquals(await weeklyRetention(cleanedEvents([])), []);
});

Deno.test("a week without any events says nothing about who returns", async () => {
  const cells = await weeklyRetention(cleanedEvents([
    view("2019-10-01 00:00:00", 1),
    view("2019-10-15 00:00:00", 2),
    view("2019-10-21 12:00:00", 1),
  ]));
  assertEquals(cells.map(({ cohort, week, share }) => [cohort, week, share]), [
    ["2019-10-01", 0, 1],
    ["2019-10-01", 2, 1],
    ["2019-10-15", 0, 1],
  ]);
});
