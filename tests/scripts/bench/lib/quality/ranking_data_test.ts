import {
  holdOut,
  readRankingData,
  readRatedPairs,
} from "../../../../../scripts/bench/lib/quality/ranking_data.ts";
import { InputError } from "../../../../../src/base/input_error.ts";
import { TempFolder } from "../../../../../src/base/temp_folder.ts";
import { historyOf, type Interactions } from "../../../../../src/interactions/interactions.ts";
import { assert, assertEquals, assertRejects } from "../../../../assert.ts";

async function read(train: string, test: string): ReturnType<typeof readRankingData> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await Deno.writeTextFile(`${folder}/train.txt`, train);
  await Deno.writeTextFile(`${folder}/test.txt`, test);
  return await readRankingData(folder);
}

/** Each user's items, by the numbers in the files. */
function listsOf(interactions: Interactions): Record<string, string[]> {
  return Object.fromEntries(
    Array.from({ length: interactions.userIds.size }, (_, user) => [
      interactions.userIds.idAt(user),
      Array.from(historyOf(interactions, user).items, (item) => interactions.itemIds.idAt(item)),
    ]),
  );
}

Deno.test("users and items come from both files, and the test is later", async () => {
  const { history, truth } = await read("7 30 10\n5 20\n", "5 10 40\n9 20\n");
  assertEquals(listsOf(history), { 5: ["20"], 7: ["30", "10"], 9: [] });
  assertEquals(listsOf(truth), { 5: ["10", "40"], 7: [], 9: ["20"] });
  assert(Math.max(...history.times) < Math.min(...truth.times));
});

Deno.test("a user with two lines is refused", async () => {
  await assertRejects(
    () => read("7 30\n7 10\n", "5 10\n"),
    InputError,
    "train.txt: a user must have one line, 7 has two",
  );
});

Deno.test("a random share of each user's items is held out, a single item is kept", async () => {
  const { history } = await read("1 1 2 3 4 5 6 7 8 9 10\n2 1\n3 1 2\n", "1 11\n");
  const held = holdOut(history, { share: 0.2, seed: 3 });
  const [kept, asked] = [listsOf(held.history), listsOf(held.truth)];
  assertEquals([asked[1].length, asked[2].length, asked[3].length], [2, 0, 1]);
  for (const user of [1, 2, 3]) {
    assertEquals([...kept[user], ...asked[user]].sort(), listsOf(history)[user].toSorted());
  }
  assertEquals(listsOf(holdOut(history, { share: 0.2, seed: 3 }).truth), asked);
});

Deno.test("ratings of MovieLens are read as pairs, in their order per user", async () => {
  using temporary = new TempFolder();
  const file = `${temporary.path}/u.data`;
  await Deno.writeTextFile(file, "7\t30\t1\t881250949\n5\t20\t5\t8\n7\t10\t3\t9\n");
  const pairs = await readRatedPairs(file);
  assertEquals(listsOf(pairs), { 5: ["20"], 7: ["30", "10"] });
  assertEquals([...new Set(pairs.weights)], [1]);
});

Deno.test("a rating without an item is refused", async () => {
  using temporary = new TempFolder();
  const file = `${temporary.path}/u.data`;
  await Deno.writeTextFile(file, "7 30\n5\n");
  await assertRejects(() => readRatedPairs(file), InputError, "u.data: each line must begin");
});
