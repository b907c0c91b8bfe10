import { assert, assertEquals } from "../../../assert.ts";
import { runToEnd } from "../../../running_server.ts";
import { withFolder } from "../../../temp_folder.ts";

Deno.test("deno task bench:exploration: the model's own list loses what its products lack", () =>
  withFolder(async (folder) => {
    const json = `${folder}/figures.json`;
    const { code, stderr, stdout } = await runToEnd([
      ...["scripts/bench/service/exploration.ts", "--lists", "3000", "--rounds", "2"],
      ...["--json", json, "--quiet"],
    ]);
    assertEquals([code, stderr], [0, ""], stdout);
    const rows: { name: string; metric: string; value: number }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    const lost = rows.filter(({ metric }) => metric === "lost clicks per list");
    assertEquals(lost.length, 4);
    // The best two have .12 and .10, its own .06 and .05.
    assertEquals(lost[0].value.toFixed(6), "0.110000");
    assert(lost[3].value < 0.06, String(lost[3].value));
  }));
