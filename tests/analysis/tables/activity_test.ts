import { activityByDay, hoursOfWeek } from "../../../src/analysis/tables/activity.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../../events/cleaned_events.ts";

/** 2019-10-01 was a Tuesday. */
const shop = cleanedEvents([
  { at: "2019-10-01 00:10:00", type: "view" },
  { at: "2019-10-01 00:20:00", type: "purchase" },
  { at: "2019-10-08 00:30:00", type: "cart" },
  { at: "2019-10-06 23:59:59", type: "remove_from_cart" },
]);

Deno.test("every hour of the week has its events and their mean over covered hours", async () => {
  const hours = await hoursOfWeek(shop);
  assertEquals(hours.length, 168);
  assertEquals([hours[0].dayOfWeek, hours[0].hour], [1, 0]);
  assertEquals(hours[24], {
    dayOfWeek: 2,
    hour: 0,
    events: 3,
    covered: 2, // Tuesdays
    eventsPerHour: 1.5,
  });
  assertEquals(hours[167].eventsPerHour, 1);
  assertEquals(hours.filter(({ covered }) => covered > 0).length, 2);
});

Deno.test("an hour between events a day apart is covered, one in a pause isn't", async () => {
  const hours = await hoursOfWeek(cleanedEvents([
    { at: "2019-10-07 10:00:00", type: "view" }, // Monday
    { at: "2019-10-07 13:00:00", type: "view" },
    { at: "2019-10-08 13:30:00", type: "view" },
    { at: "2019-10-09 14:00:00", type: "view" },
  ]));
  assertEquals([9, 11, 13].map((i) => hours[i].eventsPerHour), [NaN, 0, 1]);
  assertEquals([37, 38, 61, 62].map((i) => hours[i].eventsPerHour), [1, NaN, NaN, 1]);
});

Deno.test("days are in order; those without events are omitted", async () => {
  assertEquals(await activityByDay(shop), [
    { date: "2019-10-01", views: 1, carts: 0, removals: 0, purchases: 1 },
    { date: "2019-10-06", views: 0, carts: 0, removals: 1, purchases: 0 },
    { date: "2019-10-08", views: 0, carts: 1, removals: 0, purchases: 0 },
  ]);
});

Deno.test("without events, no hour is covered", async () => {
  const hours = await hoursOfWeek(cleanedEvents([]));
  assertEquals(hours.length, 168);
  assertEquals(hours.every(({ eventsPerHour }) => Number.isNaN(eventsPerHour)), true);
});
