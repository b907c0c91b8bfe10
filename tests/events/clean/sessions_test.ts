import pl from "nodejs-polars";
import { deriveSessions } from "../../../src/events/clean/sessions.ts";
import { assertEquals } from "../../assert.ts";

/** The sessions of events given as users and minutes after midnight, in row order. */
function sessions(users: (number | string)[], minutes: number[]): (readonly [number, string])[] {
  const events = pl.DataFrame([
    pl.Series("row", Uint32Array.from(users, (_, index) => 10 * index)),
    pl.Series("event_time", minutes.map((minute) => new Date(Date.UTC(2019, 9, 1, 0, minute)))),
    pl.Series("user_id", users),
  ]).withColumns(pl.col("event_time").cast(pl.Datetime("us", "UTC"), true));
  const derived = deriveSessions(events).sort("row");
  return (derived.rows() as [number, string][]);
}

Deno.test("a gap of over 30 minutes starts a session, named after user and time", () => {
  assertEquals(sessions(["ann", "ann", "ann", "ann"], [0, 30, 61, 62]), [
    [0, "ann-20191001T000000"],
    [10, "ann-20191001T000000"],
    [20, "ann-20191001T010100"],
    [30, "ann-20191001T010100"],
  ]);
});

Deno.test("users have separate sessions even if their events alternate", () => {
  assertEquals(sessions(["ann", "bob", "ann", "bob"], [0, 20, 25, 90]), [
    [0, "ann-20191001T000000"],
    [10, "bob-20191001T002000"],
    [20, "ann-20191001T000000"],
    [30, "bob-20191001T013000"],
  ]);
});

Deno.test("no events, no sessions", () => {
  assertEquals(sessions([], []), []);
});
