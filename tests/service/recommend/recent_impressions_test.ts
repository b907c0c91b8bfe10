import { RecentImpressions } from "../../../src/service/recommend/recent_impressions.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("a user's impressions are returned from a time on, newest last", () => {
  const impressions = new RecentImpressions();
  impressions.record("ann", ["a", "b"], 1000);
  impressions.record("ann", ["a"], 2000);
  assertEquals(impressions.shownTo("ann", 1000), [["a", 1000], ["b", 1000], ["a", 2000]]);
  assertEquals(impressions.shownTo("ann", 1001), [["a", 2000]]);
  assertEquals(impressions.shownTo("bob", 0), []);
});

Deno.test("only the newest hundred impressions of a user are kept", () => {
  const impressions = new RecentImpressions();
  impressions.record("ann", Array.from({ length: 101 }, (_, i) => String(i)), 1);
  const ids = impressions.shownTo("ann", 0).map(([productId]) => productId);
  assertEquals([ids.length, ids[0], ids[99]], [100, "1", "100"]);
});

Deno.test("a full memory drops the least recently used user", () => {
  // Three users of 164 each, four of it characters, don't fit into 400.
  const impressions = new RecentImpressions(400);
  for (const userId of ["ann", "bob"]) impressions.record(userId, ["1"], 1);
  impressions.shownTo("ann", 0);
  impressions.record("eve", ["1"], 1);
  const counts = ["ann", "bob", "eve"].map((userId) => impressions.shownTo(userId, 0).length);
  assertEquals(counts, [1, 0, 1]);
});
