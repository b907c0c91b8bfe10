import { writeSimulation } from "../../../../src/simulate/mod.ts";
import { assert, assertEquals } from "../../../assert.ts";
import { runToEnd } from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";

Deno.test("deno task bench:similar measures lists for everybody beside those for users", () =>
  withFolder(async (folder) => {
    const events = `${folder}/events.csv`;
    await writeSimulation(events, { events: 20_000, seed: 3 });
    const json = `${folder}/figures.json`;
    const { code, stderr, stdout } = await runToEnd([
      ...["scripts/bench/service/similar.ts", "--events", events, "--models", "item_knn"],
      ...["--questions", "300", "--json", json, "--quiet"],
    ]);
    assertEquals([code, stderr], [0, ""], stdout);
    const rows: { name: string; metric: string; value: number }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    assertEquals(rows.map(({ name, metric }) => `${name} ${metric}`), [
      ...["item_knn hit rate@10", "item_knn mrr@10"],
      ...["item_knn, for the user hit rate@10", "item_knn, for the user mrr@10"],
    ]);
    for (const { value } of rows) assert(value > 0 && value < 1, String(value));
  }));
