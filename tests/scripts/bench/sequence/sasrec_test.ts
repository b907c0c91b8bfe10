import type { BenchRow } from "../../../../scripts/bench/lib/results.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { runToEnd } from "../../../running_server.ts";

Deno.test("deno task bench:sasrec asks for users' last items, once for each seed", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  // Everybody goes through ten items in the same order, from an item of their own.
  const ratings = Array.from(
    { length: 600 },
    (_, user) =>
      Array.from({ length: 7 }, (_, step) => `${user}\t${(user + step) % 10}\t5\t${step}`),
  ).flat();
  await Deno.writeTextFile(`${folder}/u.data`, ratings.join("\n"));
  const json = `${folder}/sasrec.json`;
  const { code, stderr } = await runToEnd([
    ...["scripts/bench/sequence/sasrec.ts", "--data", folder, "--json", json, "--quiet"],
    ...["--beside", "sequential_rules", "--seeds", "1,2", "--epochs", "2", "--k", "1"],
  ]);
  assertEquals(code, 0, stderr);
  const rows: BenchRow[] = JSON.parse(await Deno.readTextFile(json));
  const figure = (model: string, metric: string) =>
    rows.find((row) => row.name.endsWith(`: ${model}`) && row.metric === metric)!.value;
  // What comes next always follows from the last item.
  assertEquals(figure("sequential_rules", "hits@1"), 1);
  assertEquals(figure("sequential_rules", "ndcg@1"), 1);
  assert(figure("sasrec", "ndcg@1 least") <= figure("sasrec", "ndcg@1"));
  assert(figure("sasrec", "ndcg@1") <= figure("sasrec", "ndcg@1 most"));
  assert(figure("sasrec", "hits@1") > 0.3);
  assert(figure("sasrec", "list") > 0);
});

Deno.test("deno task bench:sasrec refuses seeds that aren't numbers", async () => {
  const { code, stderr } = await runToEnd([
    ...["scripts/bench/sequence/sasrec.ts", "--data", "x", "--seeds", "1,b"],
  ]);
  assertEquals(code, 1);
  assert(stderr.includes("for example 1,2,3"), stderr);
});
