import { saveArtifact } from "../../../../src/artifact/save.ts";
import { tinyContents } from "../../../artifact/tiny_shop.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { runToEnd } from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";

Deno.test("deno task bench:exposures measures lists and events with and without exposures", () =>
  withFolder(async (folder) => {
    const artifacts = `${folder}/artifacts`, json = `${folder}/figures.json`;
    const [popularity] = tinyContents().models;
    await saveArtifact(
      artifacts,
      tinyContents({ models: [popularity], defaultModel: "popularity", evaluation: [] }),
    );
    const { code, stderr } = await runToEnd([
      ...["scripts/bench/service/exposures.ts", "--artifacts", artifacts],
      ...["--rounds", "1", "--json", json],
    ]);
    assertEquals([code, stderr], [0, ""]);
    const rows: { name: string; metric: string; value: number }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    assertEquals(rows.map(({ name, metric }) => `${name}: ${metric}`), [
      ...["off: event_us", "off: cached_list_us", "on: event_us", "on: cached_list_us"],
      ...["on, events name their lists: event_us", "on, events name their lists: shown_list_us"],
    ]);
    for (const { metric, value } of rows) assert(value > 0, `${metric} ${value}`);
  }));
