import type { BenchRow } from "../../../scripts/bench/lib/results.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";

Deno.test("deno task bench:quality compares defaults on data of several forms", async () => {
  using temporary = new TempFolder();
  const pairs = `${temporary.path}/pairs`, sessions = `${temporary.path}/sessions`;
  // Two tastes of thirty items each; every user's last two items are the test.
  const items = (user: number) =>
    Array.from({ length: 12 }, (_, i) => 30 * (user % 2) + (user + 7 * i) % 30);
  const lines = (from: number, to: number) =>
    Array.from({ length: 40 }, (_, user) => [user, ...items(user).slice(from, to)].join(" "));
  await Deno.mkdir(pairs);
  await Deno.writeTextFile(`${pairs}/train.txt`, lines(0, 10).join("\n"));
  await Deno.writeTextFile(`${pairs}/test.txt`, lines(10, 12).join("\n"));
  // After item n comes n + 1.
  const session = (first: number) => [0, 1, 2].map((step) => (first + step) % 10).join(" ");
  await Deno.mkdir(sessions);
  await Deno.writeTextFile(
    `${sessions}/train_sessions.txt`,
    Array.from({ length: 60 }, (_, first) => session(first % 10)).join("\n"),
  );
  await Deno.writeTextFile(`${sessions}/test_prefix_target.tsv`, "4\t5\n9\t0\n");
  const json = `${temporary.path}/quality.json`;
  const { code, stdout, stderr } = await runToEnd([
    "scripts/bench/quality.ts",
    ...["--data", pairs, sessions, "--json", json, "--quiet"],
    ...[
      "--models",
      "popularity,content,item_knn,sequential_rules",
      "--k",
      "20",
      "--minutes",
      "0.01",
      "--climb",
    ],
  ]);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stderr, "pairs: content is left out: ");
  assertStringIncludes(stderr, "sessions: content is left out: ");
  const rows: BenchRow[] = JSON.parse(await Deno.readTextFile(json));
  const metricsOf = (name: string) =>
    rows.filter((row) => row.name === name).map(({ metric }) => metric);
  const metricsOfAll = (variants: readonly string[]) => [
    ...variants.map((variant) => `ndcg@20 ${variant}`),
    ...variants.map((variant) => `fit ${variant}`),
  ];
  const allFigures = [
    ...metricsOfAll(["now", "published", "climbed", "searched", "before"]),
    ...["climbed", "searched"].map((way) => `validation ndcg@20 ${way}`),
  ];
  assertEquals(metricsOf("pairs: item_knn"), allFigures);
  assertEquals(metricsOf("sessions: sequential_rules"), allFigures);
  const found = (name: string, metric: string) =>
    rows.find((row) => row.name === name && row.metric === metric)!.value;
  // Its defaults never changed, and no paper has other ones.
  assertEquals(
    metricsOf("sessions: popularity"),
    allFigures.filter((metric) => !/before|published/.test(metric)),
  );
  // Both measure the defaults at least, and the climb goes to its end.
  for (const way of ["climbed", "searched"]) {
    assertAlmostEquals(found("sessions: sequential_rules", `validation ndcg@20 ${way}`), 1, 1e-12);
  }
  // Every session goes on by one, so the next item is first.
  assertAlmostEquals(found("sessions: sequential_rules", "ndcg@20 now"), 1, 1e-12);
  assert(found("pairs: item_knn", "fit now") >= 0);
  assertStringIncludes(stdout, "sessions: item_knn");
});

Deno.test("deno task bench:quality names a missing file", async () => {
  const { code, stderr } = await runToEnd(["scripts/bench/quality.ts", "--data", "/nonexistent"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "/nonexistent");
});
