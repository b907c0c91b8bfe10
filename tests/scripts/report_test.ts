import { currentVersion } from "../../src/artifact/current.ts";
import { writeSimulation } from "../../src/simulate/mod.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { runToEnd } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test("deno task report writes a page on an artifact, or on events without exporting", () =>
  withFolder(async (folder) => {
    const events = `${folder}/events.csv`;
    await writeSimulation(events, { events: 4000, seed: 3 });
    const artifacts = ["--artifacts", `${folder}/artifacts`];
    const training = ["--events", events, "--models", "popularity,content", "--k", "5"];
    assertEquals((await runToEnd(["scripts/train.ts", ...training, ...artifacts])).code, 0);
    const report = (...args: string[]) => runToEnd(["scripts/report.ts", ...args]);

    const html = `${folder}/pages/report.html`;
    const { code, stdout } = await report(...artifacts, "--html", html);
    assertEquals([code, stdout], [0, `Report: ${html}\n`]);
    const page = await Deno.readTextFile(html);
    assertStringIncludes(page, "NDCG@5, new products");
    assertStringIncludes(page, "were kept");

    const other = `${folder}/other.html`;
    assertEquals((await report(...training, "--html", other)).code, 0);
    assertStringIncludes(await Deno.readTextFile(other), "nothing exported");

    const measured = await report(...artifacts, "--k", "20");
    assertEquals(measured.code, 1);
    assertStringIncludes(measured.stderr, "Cannot report on an artifact with --k");

    const gone = await report(...artifacts, "--version", "20200101T000000Z-000000000000");
    assertEquals([gone.code, gone.stdout], [1, ""]);
    assertEquals(
      gone.stderr,
      "error: Cannot load artifact 20200101T000000Z-000000000000: it must be one of those in " +
        `${folder}/artifacts: ${await currentVersion(`${folder}/artifacts`)}\n`,
    );
  }));
