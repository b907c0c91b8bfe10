import pl from "nodejs-polars";
import { usersNotSampled } from "../../../src/events/clean/sample_users.ts";
import { assertEquals } from "../../assert.ts";

const ids = pl.DataFrame({ user_id: [...Array(10).keys()] });

/** The sampled users. */
function drawn(users: number, seed: number, from: pl.DataFrame = ids): number[] {
  const others = usersNotSampled(from, users, seed).getColumn("user_id").toArray() as number[];
  return [...Array(10).keys()].filter((user) => !others.includes(user));
}

Deno.test("the sample has the requested size", () => {
  for (const users of [1, 3, 9]) assertEquals(drawn(users, 1).length, users);
});

Deno.test("the sample depends on the seed, not on the order of users", () => {
  assertEquals(drawn(3, 1, ids.reverse()), drawn(3, 1));
  const samples = new Set(Array.from({ length: 20 }, (_, seed) => drawn(3, seed).join()));
  assertEquals(samples.size > 10, true);
});

Deno.test("every user is equally likely", () => {
  const counts = new Float64Array(10);
  for (let seed = 0; seed < 400; seed++) {
    for (const user of drawn(5, seed)) counts[user]++;
  }
  // 400 fair draws: 200 on average, with a standard deviation of 10.
  assertEquals([...counts].filter((count) => Math.abs(count - 200) > 40), []);
});

Deno.test("a sample larger than the set keeps all users", () => {
  assertEquals([drawn(10, 1).length, drawn(99, 1).length], [10, 10]);
});
