import {
  questionsOf,
  readNextItemData,
  sessionInteractions,
  splitSessions,
} from "../../../../../scripts/bench/lib/quality/next_item_data.ts";
import { InputError } from "../../../../../src/base/input_error.ts";
import { TempFolder } from "../../../../../src/base/temp_folder.ts";
import { groupBySession } from "../../../../../src/interactions/sessions.ts";
import { assertEquals, assertRejects } from "../../../../assert.ts";

async function withFiles(
  { train, test }: { train: string; test: string },
  run: (folder: string) => Promise<void>,
): Promise<void> {
  using temporary = new TempFolder();
  const folder = temporary.path;
  await Deno.writeTextFile(`${folder}/train_sessions.txt`, train);
  await Deno.writeTextFile(`${folder}/test_prefix_target.tsv`, test);
  await run(folder);
}

Deno.test("items of the training data are numbered, all others are unknown", async () => {
  await withFiles({ train: "30 10 30\n20 10\n", test: "10 99\t30\n20\t77\n" }, async (folder) => {
    const { itemIds, sessions, questions } = await readNextItemData(folder);
    assertEquals([0, 1, 2].map((item) => itemIds.idAt(item)), ["10", "20", "30"]);
    assertEquals(sessions.map((session) => [...session]), [[2, 0, 2], [1, 0]]);
    const unknown = 2 ** 32 - 1;
    assertEquals(
      questions.map(({ history, next }) => [...history.items, next]),
      [[0, unknown, 2], [1, unknown]],
    );
    assertEquals([...questions[0].history.weights], [1, 1]);
    assertEquals([...questions[0].history.times], [0, 1]);
  });
});

Deno.test("every prefix of a session is a question for the next item", () => {
  const questions = questionsOf([Uint32Array.of(4, 5, 4), Uint32Array.of(7)]);
  assertEquals(questions.map(({ history, next }) => [[...history.items], next]), [
    [[4], 5],
    [[4, 5], 4],
  ]);
});

Deno.test("just enough of the last sessions are split off, at most a tenth", () => {
  const sessions = Array.from({ length: 40 }, () => Uint32Array.of(0, 1, 2));
  const lengths = (questions: number) => {
    const { past, last } = splitSessions(sessions, questions);
    return [past.length, last.length];
  };
  assertEquals(lengths(3), [38, 2]);
  assertEquals(lengths(1000), [36, 4]);
  assertEquals(splitSessions(sessions.slice(0, 3), 1000).last.length, 1);
});

Deno.test("each session becomes a user, and later sessions have later times", async () => {
  await withFiles({ train: "5 6\n7\n6 5 6\n", test: "5\t6\n" }, async (folder) => {
    const { sessions, itemIds } = await readNextItemData(folder);
    const { indptr, items } = groupBySession(sessionInteractions(sessions, itemIds));
    assertEquals([...indptr], [0, 2, 3, 6]);
    assertEquals([...items], [0, 1, 2, 1, 0, 1]);
  });
});

Deno.test("empty files and questions without an answer are refused", async () => {
  await withFiles({ train: "1 2\n", test: "" }, async (folder) => {
    await assertRejects(
      () => readNextItemData(folder),
      InputError,
      "neither file may be empty, got 1 sessions and 0 questions",
    );
  });
  await withFiles({ train: "1 2\n", test: "1\t2\n2\n" }, async (folder) => {
    await assertRejects(() => readNextItemData(folder), InputError, "question 2 has one number");
  });
  await assertRejects(() => readNextItemData("/nonexistent"), InputError, "train_sessions.txt");
});
