import {
  holdOutLastItems,
  readSequences,
} from "../../../../../scripts/bench/lib/sequence/last_items.ts";
import { InputError } from "../../../../../src/base/input_error.ts";
import { TempFolder } from "../../../../../src/base/temp_folder.ts";
import { historyOf } from "../../../../../src/interactions/interactions.ts";
import { assertEquals, assertRejects } from "../../../../assert.ts";
import { interactionsOf } from "../../../../interactions/made_by_hand.ts";

Deno.test("each user's last event is held out, if its item is new and not the only one", () => {
  const { train, questions } = holdOutLastItems(interactionsOf([
    [0, 0, 1, 0],
    [1, 1, 1, 1],
    [1, 2, 1, 2],
    // User 2 comes back to item 0.
    [2, 0, 1, 3],
    [2, 1, 1, 4],
    [2, 0, 1, 5],
  ]));
  assertEquals(
    questions.map(({ user, history, next }) => [user, [...history.items], next]),
    [[1, [1], 2]],
  );
  assertEquals([0, 1, 2].map((user) => [...historyOf(train, user).items]), [[0], [1], [0, 1, 0]]);
});

Deno.test("ratings are sorted by time, those of a second as in the file", async () => {
  using folder = new TempFolder();
  const file = `${folder.path}/u.data`;
  await Deno.writeTextFile(file, "7\t30\t5\t200\n7\t10\t3\t100\n9\t10\t4\t100\n7\t20\t1\t200\n");
  const sequences = await readSequences(folder.path);
  const idsOf = (user: string) =>
    [...historyOf(sequences, sequences.userIds.indexOf(user)).items]
      .map((item) => sequences.itemIds.idAt(item));
  assertEquals([idsOf("7"), idsOf("9")], [["10", "30", "20"], ["10"]]);
  await Deno.writeTextFile(file, "7\t30\t5\t200\n7\t10\n");
  await assertRejects(
    () => readSequences(folder.path),
    InputError,
    `Cannot read ${file}: each line must hold a user, an item, a rating and a time, rating 2 has ` +
      "2 numbers",
  );
});
