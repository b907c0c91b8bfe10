import { assertEquals, assertRejects, assertThrows } from "../../assert.ts";
import type { SparkSession } from "../../../src/spark/connect/session.ts";
import { collectRatings } from "../../../src/spark/statistics/collect_ratings.ts";

/** The part of a user, an item, its rating, and the number of the user's ratings. */
type Row = readonly [part: number, item: number, rating: number, n: number];

/** Three users, the second of whom has three ratings. */
const ROWS: readonly Row[] = [[7, 1, 4, 1], [8, 0, 1, 3], [8, 2, 2, 3], [8, 3, 5, 3], [9, 2, 3, 1]];

/** A server that answers each query with the next of some results, in batches of rows. */
function serverWith(results: readonly (readonly (readonly Row[])[])[]) {
  const all = results.flat(2);
  const left = [...results];
  const users = all.reduce((sum, [, , , n]) => sum + 1 / n, 0);
  return {
    server: { name: "Spark" },
    rows: () => Promise.resolve([{ ratings: all.length, users: Math.round(users) }]),
    async *columnBatches() {
      for (const rows of left.shift()!) {
        const column = (at: number) => Int32Array.from(rows, (row) => row[at]);
        yield {
          ...{ part: column(0), item: column(1), n: column(3) },
          rating: Float32Array.from(rows, ([, , rating]) => rating),
          day: Float32Array.from(rows, ([part]) => part / 2),
        };
      }
    },
  } as unknown as SparkSession;
}

const OPTIONS = { items: 4, most: 5 };

Deno.test("users may begin and end anywhere in batches", async () => {
  const expected = {
    ...{ rows: 3, columns: 4 },
    indptr: Uint32Array.of(0, 1, 4, 5),
    indices: Uint32Array.of(1, 0, 2, 3, 2),
    values: Float32Array.of(4, 1, 2, 5, 3),
  };
  for (let cut = 0; cut <= 5; cut++) {
    const server = serverWith([[ROWS.slice(0, cut), ROWS.slice(cut)]]);
    const found = await collectRatings(server, "ratings", { ...OPTIONS, since: 0 });
    assertEquals(found!.ratings, expected);
    assertEquals(found!.lastDays(), Float32Array.of(3.5, 4, 4, 4, 4.5));
  }
  const server = serverWith([[ROWS.slice(0, 4)], [ROWS.slice(4)]]);
  const reported: number[] = [];
  const inTwoQueries = { ...OPTIONS, atOnce: 3 };
  const found = await collectRatings(server, "ratings", inTwoQueries, (done) => {
    reported.push(done);
  });
  assertEquals(found!.ratings, expected);
  assertEquals(reported, [0.8, 1]);
  assertThrows(() => found!.lastDays(), Error, "without their times");
});

Deno.test("one rating too many and none of them comes", async () => {
  const options = { ...OPTIONS, most: 4 };
  assertEquals(await collectRatings(serverWith([[ROWS]]), "ratings", options), undefined);
});

Deno.test("a period without ratings has no users", async () => {
  const found = await collectRatings(serverWith([[]]), "ratings", OPTIONS);
  assertEquals([found!.ratings.rows, found!.ratings.indices.length], [0, 0]);
});

Deno.test("ratings that come in another order, or not all, are refused", async () => {
  const [first, second, third, fourth, last] = ROWS;
  const wrong = [
    [first, third, second, fourth, last],
    [second, third, last, fourth, first],
    [first, second, third, last, fourth],
  ];
  for (const rows of wrong) {
    const reading = collectRatings(serverWith([[rows]]), "ratings", OPTIONS);
    await assertRejects(() => reading, Error, "in another order");
  }
  const cut = serverWith([[[first, second, third]]]);
  await assertRejects(() => collectRatings(cut, "ratings", OPTIONS), Error, "missing");
});
