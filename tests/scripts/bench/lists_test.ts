import { saveArtifact } from "../../../src/artifact/save.ts";
import { itemKnn } from "../../../src/models/item_knn.ts";
import { tinyContents, tinyInteractions } from "../../artifact/tiny_shop.ts";
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { withFolder } from "../../temp_folder.ts";

Deno.test("deno task bench:lists measures the lists of an artifact's models", () =>
  withFolder(async (folder) => {
    const [popularity] = tinyContents().models;
    const knn = { name: "item_knn", options: {}, model: await itemKnn.fit(tinyInteractions()) };
    const artifacts = `${folder}/artifacts`;
    await saveArtifact(
      artifacts,
      tinyContents({ models: [popularity, knn], defaultModel: "item_knn", evaluation: [] }),
    );
    const json = `${folder}/figures.json`;
    const { code, stderr } = await runToEnd([
      ...["scripts/bench/lists.ts", "--artifacts", artifacts],
      ...["--models", "item_knn,popularity", "--json", json],
    ]);
    assertEquals([code, stderr], [0, ""]);
    const rows: { name: string; metric: string; value: number; unit: string }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    const metrics = ["lists_per_core 1/s", "p50_ms ms", "p95_ms ms", "p99_ms ms"];
    assertEquals(
      rows.map(({ name, metric, unit }) => `${name} ${metric} ${unit}`),
      ["item_knn", "popularity"].flatMap((name) => metrics.map((metric) => `${name} ${metric}`)),
    );
    for (const { metric, value } of rows) assert(value > 0, `${metric} ${value}`);
  }));

Deno.test("deno task bench:lists names the models that an artifact has", () =>
  withFolder(async (folder) => {
    const [popularity] = tinyContents().models;
    await saveArtifact(
      folder,
      tinyContents({ models: [popularity], defaultModel: "popularity", evaluation: [] }),
    );
    const { code, stderr } = await runToEnd([
      ...["scripts/bench/lists.ts", "--artifacts", folder, "--models", "ease"],
    ]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, `model "ease": the artifact has popularity`);
  }));
