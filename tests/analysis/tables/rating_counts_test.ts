import { ratingCounts } from "../../../src/analysis/tables/rating_counts.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../../events/cleaned_events.ts";

Deno.test("events are counted by type and rating, the highest first", async () => {
  const at = "2019-10-01 10:00:00";
  const events = cleanedEvents([
    { at, type: "view" },
    { at, type: "purchase" },
    { at, type: "view" },
    { at, type: "remove_from_cart" },
  ]);
  assertEquals(await ratingCounts(events), [
    { eventType: "purchase", rating: 4, events: 1, share: .25 },
    { eventType: "view", rating: 1, events: 2, share: .5 },
    { eventType: "remove_from_cart", rating: 0, events: 1, share: .25 },
  ]);
  assertEquals(await ratingCounts(cleanedEvents([])), []);
});
