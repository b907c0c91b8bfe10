import type { BenchRow } from "../../../scripts/bench/lib/results.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { assertAlmostEquals, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";

Deno.test("deno task bench:ranking reports figures of every model at every cut-off", async () => {
  using temporary = new TempFolder();
  const folder = temporary.path;
  // Two tastes of thirty items each; every user's last two items are the test.
  const items = (user: number) =>
    Array.from({ length: 12 }, (_, i) => 30 * (user % 2) + (user + 7 * i) % 30);
  const lines = (from: number, to: number) =>
    Array.from({ length: 40 }, (_, user) => [user, ...items(user).slice(from, to)].join(" "));
  await Deno.writeTextFile(`${folder}/train.txt`, lines(0, 10).join("\n"));
  await Deno.writeTextFile(`${folder}/test.txt`, lines(10, 12).join("\n"));
  const json = `${folder}/ranking.json`;
  const { code, stdout, stderr } = await runToEnd([
    "scripts/bench/ranking.ts",
    ...["--data", folder, "--json", json, "--quiet", "--models", "popularity,item_knn,blend"],
    ...["--k", "20,2"],
  ]);
  assertEquals([code, stderr], [0, ""]);
  const rows: BenchRow[] = JSON.parse(await Deno.readTextFile(json));
  const names = [
    "popularity",
    ...["item_knn", "item_knn, as published", "item_knn, searched"],
    ...["blend", "blend, searched"],
  ];
  const metrics = ["20", "2"].flatMap((k) =>
    ["recall", "ndcg", "precision", "f1"].map((metric) => `${metric}@${k} share`)
  );
  assertEquals(
    rows.map(({ name, metric, unit }) => `${name}: ${metric} ${unit}`),
    names.flatMap((name) => [...metrics, "fit s"].map((metric) => `${name}: ${metric}`)),
  );
  const found = (name: string, metric = "recall@20") =>
    rows.find((row) => row.name === name && row.metric === metric)!;
  // Ten of a taste's thirty items are in the training data; a list of twenty has all others.
  assertAlmostEquals(found("item_knn").value, 1, 1e-12);
  // Two hits in twenty: precision 1/10, recall 1, F1 2/11.
  assertAlmostEquals(found("item_knn", "precision@20").value, 1 / 10, 1e-12);
  assertAlmostEquals(found("item_knn", "f1@20").value, 2 / 11, 1e-12);
  for (const name of names) assertStringIncludes(stdout, name);
  const optionsOf = (name: string) => found(name).options as Record<string, unknown>;
  assertEquals(optionsOf("item_knn, as published").similarity, "cosine");
  // A sixth of the pairs: as dense as popularity is ever damped.
  assertEquals(optionsOf("item_knn").popularityPower, 0.6);
  assertEquals(optionsOf("blend, searched").members, ["popularity", "item_knn"]);
});

Deno.test("deno task bench:ranking names a missing file", async () => {
  const { code, stderr } = await runToEnd(["scripts/bench/ranking.ts", "--data", "/nonexistent"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "/nonexistent/train.txt: there is no such file");
});
