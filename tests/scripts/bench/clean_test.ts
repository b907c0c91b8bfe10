import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { csv, row, withFiles } from "../../events/raw_files.ts";
import { runToEnd } from "../../running_server.ts";

Deno.test("deno task bench:clean prints time and memory and writes them as JSON", () =>
  withFiles({ "events.csv": csv(row(), row(), row({ type: "cart" })) }, async (folder) => {
    const json = `${folder}/figures.json`;
    const { code, stdout } = await runToEnd([
      ...["scripts/bench/clean.ts", "--events", `${folder}/events.csv`, "--runs", "2"],
      ...["--json", json, "--quiet"],
    ]);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "read and clean");
    const rows = JSON.parse(await Deno.readTextFile(json));
    const about = { bench: "clean", name: "read and clean" };
    const options = { rowsIn: 3, rowsOut: 2, runs: 2, figure: "median" };
    assertEquals(
      rows.map(({ value, ...row }: { value: number }) => (assert(value > 0), row)),
      [
        { ...about, metric: "seconds", unit: "s", options },
        { ...about, metric: "cpu_seconds", unit: "s", options },
        { ...about, metric: "peak_memory", unit: "MB", options },
      ],
    );
  }));

Deno.test("deno task bench:clean names what is wrong with a file", () =>
  withFiles({ "events.csv": "user_id\n1\n" }, async (folder) => {
    const { code, stderr } = await runToEnd([
      ...["scripts/bench/clean.ts", "--events", `${folder}/events.csv`, "--quiet"],
    ]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, `it lacks "event_time"`);
  }));
