import { saveArtifact } from "../../../../src/artifact/save.ts";
import { tinyContents } from "../../../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { runToEnd } from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";

Deno.test("deno task bench:adjustments measures every kind of list beside plain ones", () =>
  withFolder(async (folder) => {
    const [popularity] = tinyContents().models;
    await saveArtifact(
      folder,
      tinyContents({ models: [popularity], defaultModel: "popularity", evaluation: [] }),
    );
    const json = `${folder}/figures.json`;
    const { code, stderr } = await runToEnd([
      ...["scripts/bench/service/adjustments.ts", "--artifacts", folder, "--lists", "2"],
      ...["--json", json],
    ]);
    assertEquals([code, stderr], [0, ""]);
    const rows: { name: string; metric: string; value: number }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    const ofLists = rows.filter(({ metric }) => metric === "p50_ms");
    assertEquals(ofLists.map(({ name }) => name), [
      ...["list", "list, a dislike", "list, ten dislikes", "list, bought again"],
      ...["list, products added", "list, new arrivals bounded", "similar", "similar, for a user"],
      ...["new", "new, for a user"],
    ]);
    for (const { metric, value } of rows) assert(value > 0, `${metric} ${value}`);
  }));
