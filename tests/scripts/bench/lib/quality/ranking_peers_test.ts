import { newItemQuestions } from "../../../../../scripts/bench/lib/quality/quality_data.ts";
import { measureRankingPeers } from "../../../../../scripts/bench/lib/quality/ranking_peers.ts";
import { TempFolder } from "../../../../../src/base/temp_folder.ts";
import { prepareHoldout } from "../../../../../src/evaluation/prepared_holdout.ts";
import { assertEquals } from "../../../../assert.ts";
import { interactionsOf } from "../../../../interactions/made_by_hand.ts";

/** User 0 viewed item 0 twice and carted item 1, user 1 viewed item 2. */
const size = { users: 2, items: 4 };
const history = interactionsOf([[0, 0, 1, 0], [0, 0, 1, 1], [0, 1, 3, 2], [1, 2, 1, 3]], size);

Deno.test("questions ask for what is new to each user, once", () => {
  const truth = interactionsOf([[0, 1, 1, 10], [0, 3, 1, 11], [0, 3, 1, 12], [1, 2, 1, 13]], size);
  const questions = newItemQuestions(prepareHoldout({ history, truth }));
  // User 1 came back to a known item alone.
  assertEquals(
    questions.map(({ history, relevant }) => [[...history.items], [...relevant]]),
    [[[0, 0, 1], [3]]],
  );
});

Deno.test("peers get ratings and questions as text, and their figures become rows", async () => {
  using temporary = new TempFolder();
  const python = `${temporary.path}/python`;
  const found = [{ name: "BM25", recall: 0.5, ndcg: 0.25, cpuSeconds: 2, options: { K: 20 } }];
  await Deno.writeTextFile(
    python,
    `#!/bin/sh\ncp "$2"/* "${temporary.path}"\necho "$3 $4 $5" > "${temporary.path}/numbers"\n` +
      `echo '${JSON.stringify(found)}'\n`,
    { mode: 0o755 },
  );
  const question = { history: { ...history, sessions: undefined }, relevant: Uint32Array.of(3, 2) };
  const task = { train: history, questions: [question] };
  const rows = await measureRankingPeers(
    { validation: task, test: { ...task, questions: [question, question] }, onlyNew: true },
    { k: 20, seed: 7, python },
  );
  const row = { bench: "ranking", name: "implicit's BM25", options: { K: 20 } };
  assertEquals(rows, [
    { ...row, metric: "recall@20", value: 0.5, unit: "share" },
    { ...row, metric: "ndcg@20", value: 0.25, unit: "share" },
    { ...row, metric: "fit", value: 2, unit: "CPU s" },
  ]);
  const read = (name: string) => Deno.readTextFile(`${temporary.path}/${name}`);
  // log₂(1 + 1 + 1) and log₂(1 + 3) of user 0, log₂(1 + 1) of user 1.
  const twice = Math.fround(Math.log2(3));
  assertEquals(await read("test_train.txt"), `0:${twice} 1:2\n2:1`);
  assertEquals(await read("validation_questions.txt"), `0:${twice} 1:2 2:1\t3 2`);
  assertEquals((await read("test_questions.txt")).split("\n").length, 2);
  assertEquals([await read("new.json"), await read("numbers")], ["true", "20 4 7\n"]);
});
