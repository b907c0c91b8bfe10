import type { Interactions } from "../../../src/interactions/interactions.ts";
import { AUTO } from "../../../src/models/options/option.ts";
import { decayOf } from "../../../src/models/sequence/decay_of.ts";
import { statisticsOf } from "../../../src/models/statistics/statistics_of.ts";
import { assertEquals } from "../../assert.ts";
import { interactionsOf } from "../../interactions/made_by_hand.ts";

/** Sessions of two events, one after the other; of the last 100 events, some users' are known. */
function sessions({ returning }: { returning: number }): Interactions {
  return interactionsOf(
    Array.from({ length: 500 }, (_, s) => {
      // The last fifty sessions hold a tenth of the events.
      const user = s >= 450 && s - 450 < returning ? s - 450 : s;
      return [[user, s % 7, 1, 2 * s], [user, (s + 1) % 7, 1, 2 * s + 1]] as const;
    }).flat().map(([...event]) => event),
  );
}

const decayIn = (data: Interactions) => decayOf(statisticsOf(data), AUTO);

Deno.test("the last items count more where hardly any user comes back", async () => {
  assertEquals(await decayIn(sessions({ returning: 0 })), 0.6);
  // Fewer than 5% of the fifty users of the latest tenth: two, not three.
  assertEquals(await decayIn(sessions({ returning: 2 })), 0.6);
});

Deno.test("earlier items count nearly as much where users come back", async () => {
  assertEquals(await decayIn(sessions({ returning: 3 })), 0.9);
});

Deno.test("users return as far as events without times can tell", async () => {
  const data = sessions({ returning: 0 });
  assertEquals(await decayIn({ ...data, times: data.times.map(() => 0) }), 0.9);
});

Deno.test("a decay that is given is the decay", async () => {
  assertEquals(await decayOf(statisticsOf(sessions({ returning: 0 })), 0.3), 0.3);
});
