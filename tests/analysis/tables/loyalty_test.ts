import {
  repeatPurchases,
  returningBuyers,
  sessionsPerUser,
} from "../../../src/analysis/tables/loyalty.ts";
import { assertEquals } from "../../assert.ts";
import { cleanedEvents, type HandMadeEvent } from "../../events/cleaned_events.ts";

/** A user's sessions, each with one view. */
function visits(user: number, sessions: number): HandMadeEvent[] {
  return Array.from({ length: sessions }, (_, i) => ({
    at: "2019-10-01 10:00:00",
    type: "view",
    user,
    session: `${i} of ${user}`,
  }));
}

Deno.test("users fall into bins by their number of sessions", async () => {
  const events = [...visits(1, 1), ...visits(2, 1), ...visits(3, 4), ...visits(4, 101)];
  const { users, sessions, mean, median, p75, bins } = await sessionsPerUser(
    cleanedEvents([...events, ...visits(1, 1)]), // the same session again
  );
  assertEquals({ users, sessions, mean, median, p75 }, {
    users: 4,
    sessions: 107,
    mean: 107 / 4,
    median: 1,
    p75: 4,
  });
  assertEquals(bins.filter(({ users }) => users > 0), [
    { from: 1, to: 1, users: 2, share: .5 },
    { from: 4, to: 5, users: 1, share: .25 },
    { from: 101, to: Infinity, users: 1, share: .25 },
  ]);
  assertEquals(bins.length, 9);
});

Deno.test("buying again means in another session", async () => {
  const at = "2019-10-01 10:00:00";
  const events = cleanedEvents([
    // Twice in one session is no repeat; again in the next session is one.
    { at, type: "purchase", user: 1, session: "a", product: 1 },
    { at, type: "purchase", user: 1, session: "a", product: 1 },
    { at, type: "purchase", user: 1, session: "b", product: 2 },
    { at, type: "purchase", user: 2, session: "c", product: 1 },
    { at, type: "purchase", user: 2, session: "d", product: 1 },
    { at, type: "purchase", user: 3, session: "e", product: 1 },
    { at, type: "view", user: 3, session: "f", product: 1 },
  ]);
  assertEquals(await repeatPurchases(events), {
    buyers: { all: 3, repeated: 2, share: 2 / 3 },
    pairs: { all: 4, repeated: 1, share: 1 / 4 },
  });
});

Deno.test("without purchases, there are no repeat purchases", async () => {
  const { buyers, pairs } = await repeatPurchases(cleanedEvents(visits(1, 2)));
  assertEquals(buyers, { all: 0, repeated: 0, share: NaN });
  assertEquals(pairs, { all: 0, repeated: 0, share: NaN });
  assertEquals(await returningBuyers(cleanedEvents(visits(1, 2))), []);
  assertEquals((await sessionsPerUser(cleanedEvents([]))).users, 0);
});

Deno.test("returning buyers buy again in the very next month", async () => {
  const buy = (at: string, user: number) => ({ at, type: "purchase", user }) as const;
  const events = cleanedEvents([
    buy("2019-11-30 23:59:59", 1),
    buy("2019-11-05 10:00:00", 2),
    buy("2019-11-06 10:00:00", 3),
    buy("2019-12-01 00:00:00", 1),
    buy("2019-12-02 00:00:00", 1),
    buy("2020-01-15 10:00:00", 1),
    buy("2020-01-15 10:00:00", 2), // skipped December
  ]);
  assertEquals(await returningBuyers(events), [
    { month: "2019-11", buyers: 3, buyersAgain: 1, share: 1 / 3 },
    { month: "2019-12", buyers: 1, buyersAgain: 1, share: 1 },
  ]);
});
