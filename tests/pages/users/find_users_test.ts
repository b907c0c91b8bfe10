import { InsideHistories } from "../../../src/histories/inside.ts";
import { IdMap } from "../../../src/interactions/id_map.ts";
import { PackedHistories } from "../../../src/histories/packed_histories.ts";
import { exampleUsers, findUsers } from "../../../src/pages/users/find_users.ts";
import { assertEquals } from "../../assert.ts";

/** Users and how many events each has; the n-th event of all happened in second n. */
function usersOf(lengths: Readonly<Record<string, number>>) {
  const ends = Object.values(lengths).reduce((ends, n) => [...ends, ends[ends.length - 1] + n], [
    0,
  ]);
  const count = ends[ends.length - 1];
  return new InsideHistories({
    userIds: IdMap.from(Object.keys(lengths)),
    packed: PackedHistories.pack({
      indptr: Uint32Array.from(ends),
      items: new Uint32Array(count),
      weights: new Float32Array(count).fill(1),
      times: Uint32Array.from({ length: count }, (_, i) => i),
    }),
  });
}

Deno.test("the same id comes first, then ids that begin with the text, then others", async () => {
  const users = usersOf({ hannah: 1, annika: 0, ann: 2, bob: 3 });
  assertEquals(await findUsers(users, "ann"), [
    { userId: "ann", events: 2, last: 2 },
    { userId: "annika", events: 0 },
    { userId: "hannah", events: 1, last: 0 },
  ]);
  assertEquals(await findUsers(users, "x"), []);
});

Deno.test("a search finds 20 users at most", async () => {
  const users = usersOf(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`u${i}`, 1])));
  assertEquals((await findUsers(users, "u")).length, 20);
  assertEquals((await findUsers(users, "29"))[0].userId, "u29");
});

Deno.test("examples have histories of several lengths, the shortest first", async () => {
  const users = usersOf({ a: 1, b: 20, c: 3, d: 3, e: 60, f: 8 });
  assertEquals((await exampleUsers(users)).map(({ userId }) => userId), ["c", "f", "b", "e"]);
});
