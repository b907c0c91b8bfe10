import type { BenchRow } from "../../../../scripts/bench/lib/results.ts";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { assert, assertEquals, assertStringIncludes } from "../../../assert.ts";
import { runToEnd } from "../../../running_server.ts";

Deno.test("deno task bench:next-item reports hit rate and MRR of every model", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  // Every session goes upwards around a ring of thirty items, so the next one is certain.
  const walk = (start: number) => [0, 1, 2, 3].map((step) => (start + step) % 30);
  const sessions = Array.from({ length: 90 }, (_, i) => walk(7 * i).join(" "));
  await Deno.writeTextFile(`${folder}/train_sessions.txt`, sessions.join("\n"));
  await Deno.writeTextFile(`${folder}/test_prefix_target.tsv`, "3\t4\n8 9\t10\n");
  const json = `${folder}/next_item.json`;
  const { code, stdout, stderr } = await runToEnd([
    "scripts/bench/sequence/next_item.ts",
    ...["--data", folder, "--json", json, "--quiet"],
    ...["--models", "sequential_rules,session_knn,blend"],
  ]);
  assertEquals([code, stderr], [0, ""]);
  const rows: BenchRow[] = JSON.parse(await Deno.readTextFile(json));
  const names = [
    ...["sequential_rules", "sequential_rules, as published", "sequential_rules, searched"],
    ...["session_knn", "session_knn, as published", "session_knn, searched"],
    ...["blend", "blend, searched"],
  ];
  assertEquals(
    rows.map(({ name, metric, unit }) => `${name}: ${metric} ${unit}`),
    names.flatMap((name) =>
      ["hr@20 share", "mrr@20 share", "fit s"].map((metric) => `${name}: ${metric}`)
    ),
  );
  assert(rows.every(({ metric, value }) => metric !== "hr@20" || value === 1));
  assertEquals(rows[1].value, 1);
  for (const name of names) assertStringIncludes(stdout, name);
  const { members, target } = rows.at(-1)!.options as Record<string, unknown>;
  assertEquals([members, target], [["sequential_rules", "session_knn"], "next"]);
});

Deno.test("deno task bench:next-item names a missing file", async () => {
  const { code, stderr } = await runToEnd([
    "scripts/bench/sequence/next_item.ts",
    "--data",
    "/nonexistent",
  ]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "/nonexistent/train_sessions.txt: there is no such file");
});
