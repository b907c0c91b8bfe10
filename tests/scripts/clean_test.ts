import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { csv, row, withFiles } from "../events/raw_files.ts";
import { runToEnd } from "../running_server.ts";
import { master, needsServer } from "../spark/spark_server.ts";

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
    assertStringIncludes(stdout, `${folder}/clean.parquet.rejects.csv`);
  }));

Deno.test(
  "deno task clean --engine spark writes what this machine writes",
  needsServer,
  () =>
    withFiles({ "2019.csv.gz": csv(...rows, "short") }, async (folder) => {
      const clean = (out: string, ...engine: string[]) =>
        runToEnd([
          ...["scripts/clean.ts", "--events", `${folder}/2019.csv.gz`, "--no-cache"],
          ...["--out", `${folder}/${out}.parquet`, ...engine],
        ]);
      const local = await clean("local");
      const cluster = await clean("cluster", "--engine", "spark", "--master", master!);
      assertEquals([cluster.code, local.code], [0, 0], cluster.stderr);
      assertEquals(
        cluster.stdout.replaceAll("cluster.parquet", "local.parquet"),
        local.stdout,
      );
      assertEquals(
        await Deno.readFile(`${folder}/cluster.parquet`),
        await Deno.readFile(`${folder}/local.parquet`),
      );
    }),
);

Deno.test("deno task clean names a server that doesn't answer, and an engine that is missing", () =>
  withFiles({ "e.csv": csv(row()) }, async (folder) => {
    const clean = [
      "scripts/clean.ts",
      "--events",
      `${folder}/e.csv`,
      "--out",
      `${folder}/c.parquet`,
    ];
    const gone = await runToEnd([...clean, "--engine", "spark", "--master", "sc://127.0.0.1:1"]);
    assertEquals(gone.code, 1);
    assertStringIncludes(gone.stderr, "no Spark server answers at sc://127.0.0.1:1");
    const alone = await runToEnd([...clean, "--master", "sc://127.0.0.1:1"]);
    assertEquals(alone.code, 1);
    assertStringIncludes(alone.stderr, "error: Cannot use --master alone: add --engine spark");
  }));

Deno.test("deno task clean reads files in the shop's own form and prints what it guessed", () =>
  withFiles({
    "log.csv": [
      "ts;customer_id;event;item_id;price",
      ...Array.from(
        { length: 600 },
        (_, i) => `${1569888000 + i};bot;page_view;${i % 9};1.000,50 €`,
      ),
      "2031-01-01 00:00;ann;Order;7;5,00 €",
      "2019-10-02T00:00:00+02:00;ann;Order;7;5,00 €",
      "2019-10-02T00:00:00+02:00;ann;ping;7;-",
    ].join("\n"),
  }, async (folder) => {
    const { code, stdout } = await runToEnd([
      ...["scripts/clean.ts", "--events", `${folder}/log.csv`, "--out", `${folder}/a.parquet`],
      ...["--columns", "event_time=ts,user_id=customer_id", "--quiet"],
      ...["--types", "page_view=view,order=purchase,ping="],
    ]);
    assertEquals(code, 0);
    for (
      const row of [
        /rows read +│ 603 +│/,
        /rejected +│ 1: event_time is more than a day in the future: a wrong clock +│/,
        /dropped +│ 1: events ignored by --types +│/,
        /- view +│ 600 +│/,
        /- purchase +│ 1 +│/,
        /users, products +│ 2, 9 +│/,
        /from, to \(UTC\) +│ 2019-10-01 00:00, 2019-10-01 22:00 +│/,
        /with a price +│ 100.0% +│/,
        /with a brand +│ 0.0% +│/,
        /note +│ columns event_type=event, product_id=item_id \(--columns overrides\) +│/,
        /note +│ fields separated by semicolons \(--separator overrides\) +│/,
        /note +│ prices like 12,50 \(--decimal overrides\) +│/,
      ]
    ) assertMatch(stdout.replaceAll(/ *│\n│ +│ /g, " "), row);
    assertStringIncludes(
      await Deno.readTextFile(`${folder}/a.parquet.rejects.csv`),
      "log.csv,602,",
    );
  }));

Deno.test("deno task clean of nothing is an error", () =>
  withFiles({ "a.csv": csv(row({ user: "NULL" })) }, async (folder) => {
    const args = ["--events", `${folder}/a.csv`, "--out", `${folder}/a.parquet`, "--quiet"];
    const { code, stderr } = await runToEnd(["scripts/clean.ts", ...args]);
    assertEquals([code, stderr], [
      1,
      "error: Cannot clean these events: nothing is left of 1 row; removed: rows without time, " +
      "product or user (1)\n",
    ]);
  }));

Deno.test("deno task clean refuses a file of malformed rows, and writes them to a file", () =>
  withFiles({ "a.csv": csv(row(), "short", "2019-10-01,view") }, async (folder) => {
    const args = ["--events", `${folder}/a.csv`, "--out", `${folder}/new/a.parquet`, "--quiet"];
    const { code, stderr } = await runToEnd(["scripts/clean.ts", ...args]);
    const rejects = `${folder}/new/a.parquet.rejects.csv`;
    assertEquals(code, 1);
    assertStringIncludes(stderr, "at most 5% of the rows may be malformed, 2 of 3 are (66.7%):");
    assertStringIncludes(stderr, `\nAll malformed rows, with line and reason: ${rejects}\n`);
    assertEquals((await Deno.readTextFile(rejects)).trimEnd().split("\r\n"), [
      "file,line,reason,text",
      `${folder}/a.csv,3,"1 field, not 9",short`,
      `${folder}/a.csv,4,"2 fields, not 9","2019-10-01,view"`,
    ]);
  }));

Deno.test("deno task train refuses malformed rows, too, and writes the first 10,000", () =>
  withFiles({ "a.csv": csv(...Array(10_001).fill("short")) }, async (folder) => {
    const train = ["scripts/train.ts", "--events", "a.csv", "--artifacts", "artifacts", "--quiet"];
    const { code, stderr } = await runToEnd(train, { cwd: folder });
    assertEquals(code, 1);
    assertStringIncludes(
      stderr,
      "The first 10,000 malformed rows, with line and reason: data/rejects.csv\n",
    );
    const text = await Deno.readTextFile(`${folder}/data/rejects.csv`);
    assertEquals(text.trimEnd().split("\r\n").length, 1 + 10_000);
  }));

Deno.test("deno task clean refuses another kind of output before it reads anything", () =>
  withFiles({}, async (folder) => {
    const args = ["--events", `${folder}/none.csv`, "--out", `${folder}/a.csv`];
    const { code, stderr } = await runToEnd(["scripts/clean.ts", ...args]);
    assertEquals([code, stderr], [
      1,
      `error: Cannot write ${folder}/a.csv: the name must end in .parquet\n`,
    ]);
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
