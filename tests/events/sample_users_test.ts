import pl from "nodejs-polars";
import { sampleUsers } from "../../src/events/sample_users.ts";
import { assertEquals } from "../assert.ts";

/** Ten users; user u has u events, and they take turns. */
const events = pl.DataFrame({
  user_id: Array.from({ length: 10 }, (_, round) => [...Array(10).keys()].slice(round)).flat(),
}).withRowIndex("row");

const usersOf = (frame: pl.DataFrame) => frame.getColumn("user_id").toArray() as number[];
const rowsOf = (frame: pl.DataFrame) => frame.getColumn("row").toArray() as number[];

Deno.test("users are drawn whole, and rows keep their order", () => {
  const sample = sampleUsers(events, 3, 1);
  const users = new Set(usersOf(sample));
  assertEquals(users.size, 3);
  assertEquals(
    rowsOf(sample),
    rowsOf(events).filter((row) => users.has(usersOf(events)[row])),
  );
});

Deno.test("the seed alone decides, not the order of rows", () => {
  const drawn = (frame: pl.DataFrame, seed: number) =>
    [...new Set(usersOf(sampleUsers(frame, 3, seed)))].sort();
  assertEquals(drawn(events.reverse(), 1), drawn(events, 1));
  const samples = new Set(Array.from({ length: 20 }, (_, seed) => drawn(events, seed).join()));
  assertEquals(samples.size > 10, true);
});

Deno.test("every user is as likely as any other", () => {
  const counts = new Float64Array(10);
  for (let seed = 0; seed < 400; seed++) {
    for (const user of new Set(usersOf(sampleUsers(events, 5, seed)))) counts[user]++;
  }
  // 400 fair draws: 200 on average, with a standard deviation of 10.
  assertEquals([...counts].filter((count) => Math.abs(count - 200) > 40), []);
});

Deno.test("if there are no more users, all are kept", () => {
  assertEquals(rowsOf(sampleUsers(events, 10, 1)), rowsOf(events));
  assertEquals(rowsOf(sampleUsers(events, 99, 1)), rowsOf(events));
});
