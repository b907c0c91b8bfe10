import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { runToEnd } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

const program = ["scripts/simulate.ts", "--quiet"];

Deno.test("deno task simulate writes the rows and prints figures beside the real ones", () =>
  withFolder(async (folder) => {
    const out = `${folder}/week.csv.gz`;
    const options = ["--events", "3000", "--days", "7", "--start", "2020-02-24", "--seed", "4"];
    const { code, stdout, stderr } = await runToEnd([...program, "--out", out, ...options]);
    assertEquals([code, stderr], [0, ""]);
    assertMatch(stdout, /│ 7 days beside five real months +│ simulated │ +real │ change │/);
    assertMatch(stdout, /│ rows +│ +3,000 │ +20,692,840 │ +│/);
    assertMatch(stdout, /│ sessions with purchase +│ +\d+\.\d+% │ +3\.46% │ +[+-]?\d+% │/);
    assertStringIncludes(stdout, `Simulated events: ${out}`);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["week.csv.gz"]);
  }));

Deno.test("deno task simulate suggests the nearest option for an unknown one", async () => {
  const { code, stderr } = await runToEnd([...program, "--out", "x.csv", "--evnts", "5"]);
  assertEquals(code, 1);
  assertMatch(stderr, /unknown option '--evnts'[^]*Did you mean --events\?/);
});

Deno.test("deno task simulate exits with 1 and the reason if it can't write", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const { code, stderr } = await runToEnd([...program, "--out", `${folder}/file/x.csv`]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, `error: Cannot write ${folder}/file/x.csv`);
  }));
