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

Deno.test("every hour of the week has its events and their mean per day", async () => {
  const hours = await hoursOfWeek(shop);
  assertEquals(hours.length, 168);
  assertEquals([hours[0].dayOfWeek, hours[0].hour], [1, 0]);
  assertEquals(hours[24], {
    dayOfWeek: 2,
    hour: 0,
    events: 3,
    purchases: 1,
    eventsPerDay: 1.5, // of two Tuesdays
    purchasesPerDay: .5,
  });
  assertEquals(hours[167], {
    dayOfWeek: 7,
    hour: 23,
    events: 1,
    purchases: 0,
    eventsPerDay: 1,
    purchasesPerDay: 0,
  });
  assertEquals(hours.filter(({ events }) => events > 0).length, 2);
});

Deno.test("days are in order; those without events are omitted", async () => {
  assertEquals(await activityByDay(shop), [
    { date: "2019-10-01", views: 1, carts: 0, removals: 0, purchases: 1 },
    { date: "2019-10-06", views: 0, carts: 0, removals: 1, purchases: 0 },
    { date: "2019-10-08", views: 0, carts: 1, removals: 0, purchases: 0 },
  ]);
});

Deno.test("without events, every hour has zero", async () => {
  const hours = await hoursOfWeek(cleanedEvents([]));
  assertEquals(hours.length, 168);
  assertEquals(hours.every(({ eventsPerDay }) => eventsPerDay === 0), true);
});
