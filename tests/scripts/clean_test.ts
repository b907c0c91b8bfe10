import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { csv, row, withFiles } from "../events/raw_files.ts";
import { runToEnd } from "../running_server.ts";

const rows = [
  ...Array.from({ length: 1200 }, (_, index) => row({ user: "1", session: `s${index}` })),
  row({ user: "1" }),
  row({ at: "2019-11-01 00:00:00 UTC", user: "2" }),
];

Deno.test("deno task clean writes the events and prints what each step did", () =>
  withFiles({ "2019.csv.gz": csv(...rows, "short"), "more.csv": csv(row({ user: "3" })) }, async (
    folder,
  ) => {
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/clean.ts", "--events", `${folder}/2019*.gz`, `${folder}/more.csv`],
      ...["--out", `${folder}/clean.parquet`, "--month", "2019-10", "--users", "1"],
      ...["--seed", "7", "--max-events-per-user", "5000"],
    ]);
    assertEquals([code, stderr.includes("Reading and cleaning events")], [0, true]);
    assertMatch(stdout, /│ rows read +│ +│ +1,203 │/);
    assertMatch(stdout, /│ - malformed rows +│ +1 │ +1,202 │/);
    assertMatch(stdout, /│ - exact duplicates +│ +1 │ +1,201 │/);
    assertMatch(stdout, /│ - users outside the sample of 1/);
    assertStringIncludes(stdout, `${folder}/clean.parquet.report.json`);
    assertStringIncludes(stdout, `${folder}/rejects.csv`);
  }));

Deno.test("deno task clean --quiet writes nothing to standard error", () =>
  withFiles({ "a.csv": csv(row()) }, async (folder) => {
    const args = ["--events", `${folder}/a.csv`, "--out", `${folder}/a.parquet`, "--quiet"];
    assertEquals((await runToEnd(["scripts/clean.ts", ...args])).stderr, "");
  }));

Deno.test("deno task clean exits with 1 and a one-line message after a user's mistake", () =>
  withFiles({}, async (folder) => {
    const run = async (...args: string[]) => {
      const { code, stderr } = await runToEnd(["scripts/clean.ts", ...args]);
      assertEquals(code, 1);
      return stderr;
    };
    const out = ["--out", `${folder}/clean.parquet`];
    assertStringIncludes(
      await run("--events", `${folder}/none.csv`, ...out),
      `error: Cannot read ${folder}/none.csv: there is no such file\n`,
    );
    assertStringIncludes(await run(...out), "required option '--events <files...>'");
    assertStringIncludes(await run("--event", "a.csv", ...out), "Did you mean --events?");
    assertStringIncludes(
      await run("--events", "a.csv", "--month", "2019-13", ...out),
      "It must be a month like 2019-10",
    );
  }));
