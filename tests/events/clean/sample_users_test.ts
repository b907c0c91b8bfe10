import pl from "nodejs-polars";
import { undrawnUsers } from "../../../src/events/clean/sample_users.ts";
import { assertEquals } from "../../assert.ts";

const ids = pl.DataFrame({ user_id: [...Array(10).keys()] });

/** The users kept. */
function drawn(users: number, seed: number, from: pl.DataFrame = ids): number[] {
  const left = new Set(undrawnUsers(from, users, seed).getColumn("user_id").toArray() as number[]);
  return [...Array(10).keys()].filter((user) => !left.has(user));
}

Deno.test("as many users are drawn as were asked for", () => {
  for (const users of [1, 3, 9]) assertEquals(drawn(users, 1).length, users);
});

Deno.test("the seed alone decides, not the order of users", () => {
  assertEquals(drawn(3, 1, ids.reverse()), drawn(3, 1));
  const samples = new Set(Array.from({ length: 20 }, (_, seed) => drawn(3, seed).join()));
  assertEquals(samples.size > 10, true);
});

Deno.test("every user is as likely as any other", () => {
  const counts = new Float64Array(10);
  for (let seed = 0; seed < 400; seed++) {
    for (const user of drawn(5, seed)) counts[user]++;
  }
  // 400 fair draws: 200 on average, with a standard deviation of 10.
  assertEquals([...counts].filter((count) => Math.abs(count - 200) > 40), []);
});

Deno.test("if there are no more users, all are kept", () => {
  assertEquals([drawn(10, 1).length, drawn(99, 1).length], [10, 10]);
});
