import { funnels } from "../../../src/analysis/tables/funnel.ts";
import { funnelStages } from "../../../src/analysis/tables/funnel_stages.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents } from "../../events/cleaned_events.ts";

Deno.test("each stage counts the units that also reached the stages before", async () => {
  const event = { at: "2019-10-05 10:00:00", user: 1, session: "a" };
  const [, , byPair] = await funnels(cleanedEvents([
    ...[1, 2, 3, 4].map((product) => ({ ...event, type: "view", product } as const)),
    ...[1, 2].map((product) => ({ ...event, type: "cart", product } as const)),
    // Product 5 is bought without a view, which no stage counts.
    ...[1, 5].map((product) => ({ ...event, type: "purchase", product } as const)),
  ]));
  assertEquals(funnelStages(byPair), [
    { unit: "pair", stage: "view", units: 4, share: 1, fromPrevious: 1 },
    { unit: "pair", stage: "cart", units: 2, share: .5, fromPrevious: .5 },
    { unit: "pair", stage: "purchase", units: 1, share: .25, fromPrevious: .5 },
  ]);
});
