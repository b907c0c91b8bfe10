import { describeVersions } from "../../../../src/artifact/versions.ts";
import { saveArtifact } from "../../../../src/artifact/save.ts";
import { formatVersions } from "../../../../scripts/lib/tables/versions_table.ts";
import { assertEquals, assertStringIncludes } from "../../../assert.ts";
import { perListMetric } from "../../../../src/evaluation/list_metrics.ts";
import { tinyContents, windowRow } from "../../../artifact/tiny_shop.ts";
import { withFolder } from "../../../temp_folder.ts";

const ends = (ndcg: number) => ({ ...perListMetric(() => 0), ndcg });
const FIGURES = windowRow({ ndcg: 0.5, low: ends(0.25), high: ends(0.75) });
const TESTS = { tests: [] };

Deno.test("versions are listed with figures, gate and the reason for the current one", () =>
  withFolder(async (folder) => {
    const day = (date: number) => new Date(Date.UTC(2019, 10, date));
    const evaluation = [windowRow({ window: "validation", ndcg: 0.1 }), FIGURES];
    await saveArtifact(folder, tinyContents({ created: day(1), evaluation: [] }));
    await saveArtifact(
      folder,
      tinyContents({
        created: day(2),
        evaluation: [],
        gate: { candidate: "svd", passed: false, ...TESTS },
      }),
    );
    await saveArtifact(
      folder,
      tinyContents({
        created: day(3),
        evaluation: [],
        gate: { candidate: "affinity", passed: false, ...TESTS },
      }),
    );
    const { version } = await saveArtifact(
      folder,
      tinyContents({
        created: day(4),
        evaluation,
        gate: { candidate: "affinity", passed: true, ...TESTS },
      }),
    );
    const lines = formatVersions(folder, await describeVersions(folder), 200).split("\n");
    const rows = lines.filter((line) => line.includes("2019-Nov.csv"))
      .map((line) => line.split("│").map((cell) => cell.trim()).slice(2, 8));
    assertEquals(rows, [
      ["", "2019-Nov.csv", "5", "affinity", "unmeasured", "not run"],
      ["", "2019-Nov.csv", "5", "affinity", "unmeasured", "failed by svd"],
      ["", "2019-Nov.csv", "5", "affinity", "unmeasured", "failed, forced"],
      ["current", "2019-Nov.csv", "5", "affinity", "@10 0.5000 (0.2500–0.7500)", "passed"],
    ]);
    assertEquals(lines.at(-1), `${version} serves affinity ranks best`);
  }));

Deno.test("an unreadable version is marked, with the reason below the table", () =>
  withFolder(async (folder) => {
    const { version } = await saveArtifact(folder, tinyContents());
    await Deno.remove(`${folder}/${version}/manifest.json`);
    const text = formatVersions(folder, await describeVersions(folder));
    assertStringIncludes(text, "can't be read");
    assertStringIncludes(text, `${version}: Cannot load the artifact`);
  }));

Deno.test("an empty folder is reported", () => {
  assertEquals(formatVersions("artifacts", []), "No artifacts in artifacts");
});
