import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";
import { withFolder } from "../../temp_folder.ts";

Deno.test("deno task bench:growth measures every size and draws a chart", () =>
  withFolder(async (folder) => {
    const svg = `${folder}/growth.svg`;
    const json = `${folder}/growth.json`;
    const { code, stdout } = await runToEnd([
      ...["scripts/bench/growth.ts", "--sizes", "0.004,0.003", "--folder", folder],
      ...["--svg", svg, "--json", json, "--quiet"],
    ]);
    assertEquals(code, 0);
    assertMatch(stdout, /CPU seconds: .*linear, .*\(0\.003M to 0\.004M\)/);
    const rows: { name: string; metric: string; value: number }[] = JSON.parse(
      await Deno.readTextFile(json),
    );
    assertEquals([...new Set(rows.map(({ name }) => name))], ["0.003M", "0.004M"]);
    for (const { metric, value } of rows) assert(value > 0, `${metric} is ${value}`);
    assertStringIncludes(await Deno.readTextFile(svg), "How time and memory grow with the data");
    const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(files, ["growth-3000.csv", "growth-4000.csv", "growth.json", "growth.svg"]);
  }));

Deno.test("deno task bench:growth refuses a size that isn't a number of millions", async () => {
  const { code, stderr } = await runToEnd(["scripts/bench/growth.ts", "--sizes", "1,big"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "It must list millions of events, for example 0.3,1,4.");
});
