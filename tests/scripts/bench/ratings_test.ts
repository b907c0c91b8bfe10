import type { BenchRow } from "../../../scripts/bench/lib/results.ts";
import { createRandom } from "../../../src/linalg/random.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";
import { runToEnd } from "../../running_server.ts";

const NAMES = ["svd", "svd_implicit"].flatMap((form) =>
  ["", "_fold_in", "_best", "_fold_in_best"].map((way) => form + way)
);

/** Eight users rate twelve items; every fifth rating is in the fold's test. */
async function writeFolds(folder: string): Promise<void> {
  const { integer } = createRandom(1);
  const lines = Array.from(
    { length: 96 },
    (_, i) => [1 + i % 8, 1 + Math.floor(i / 8), 1 + integer(5), 880_000_000 + i].join("\t"),
  );
  for (let fold = 1; fold <= 5; fold++) {
    const part = (isTest: boolean) =>
      lines.filter((_, i) => (i % 5 === fold - 1) === isTest).join("\n");
    await Deno.writeTextFile(`${folder}/u${fold}.base`, part(false));
    await Deno.writeTextFile(`${folder}/u${fold}.test`, part(true));
  }
}

Deno.test("deno task bench:ratings reports RMSE and MAE of every way to predict", async () => {
  await withFolder(async (folder) => {
    await writeFolds(folder);
    const json = `${folder}/results/ratings.json`;
    const { code, stdout, stderr } = await runToEnd([
      "scripts/bench/ratings.ts",
      "--data",
      folder,
      "--json",
      json,
      "--quiet",
    ]);
    assertEquals([code, stderr], [0, ""]);
    for (const name of NAMES) assertStringIncludes(stdout, name);

    const rows: BenchRow[] = JSON.parse(await Deno.readTextFile(json));
    const written = rows.map(({ bench, name, metric, unit }) => [bench, name, metric, unit].join());
    const expected = NAMES.flatMap((name) =>
      ["rmse", "mae"].map((metric) => `ratings,${name},${metric},stars`)
    );
    assertEquals(written, expected);
    // Ratings differ by at most 4 stars, and random ones can't be predicted exactly.
    assert(rows.every(({ value }) => value > 0.5 && value < 4));
    const options = (name: string) =>
      Object.keys(rows.find((row) => row.name === name)?.options ?? {});
    assert(options("svd").includes("foldInRegularization"));
    assertEquals(options("svd_best"), ["u1", "u2", "u3", "u4", "u5"]);
  });
});

Deno.test("deno task bench:ratings names a missing file", async () => {
  await withFolder(async (folder) => {
    const { code, stderr } = await runToEnd([
      "scripts/bench/ratings.ts",
      "--data",
      folder,
      "--quiet",
    ]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, `error: Cannot read ${folder}/u1.base`);
  });
});
