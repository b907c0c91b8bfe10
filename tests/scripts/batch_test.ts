import pl from "nodejs-polars";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { runToEnd, saveBlockArtifact } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test("deno task batch writes the same lists as NDJSON, CSV and Parquet", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const batch = (out: string, ...args: string[]) =>
      runToEnd([
        ...["scripts/batch.ts", "--artifacts", `${folder}/artifacts`, "--quiet"],
        ...["--out", `${folder}/${out}`, "--query", "k=2&exclude=none", ...args],
      ]);
    await Deno.writeTextFile(`${folder}/users.txt`, "user-3\nnobody\nuser-3\n");
    const users = ["--users", `${folder}/users.txt`];
    const { code, stdout, stderr } = await batch("lists.ndjson", ...users);
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "Lists of 2 users by svd");
    assertStringIncludes(stdout, "made from the artifact alone");
    const lines = (await Deno.readTextFile(`${folder}/lists.ndjson`)).trimEnd().split("\n")
      .map((line) => JSON.parse(line));
    assertEquals(lines.map(({ userId, strategy }) => [userId, strategy]), [
      ["user-3", "personalized"],
      ["nobody", "popular"],
    ]);
    const rows = lines.flatMap(({ userId, items }) =>
      items.map(({ productId, score }: { productId: string; score: number }, i: number) => [
        ...[userId, i + 1, productId, score],
      ])
    );
    assertEquals((await batch("lists.parquet", ...users)).code, 0);
    const table = pl.readParquet(`${folder}/lists.parquet`);
    assertEquals(
      table.select("user_id", "rank", "product_id", "score").rows().map((row) => [
        ...row.slice(0, 3),
        Number(row[3]),
      ]),
      rows.map((row) => [...row.slice(0, 3), Math.fround(row[3])]),
    );
    assertEquals((await batch("lists.csv", ...users)).code, 0);
    const csv = await Deno.readTextFile(`${folder}/lists.csv`);
    assertEquals(csv.split("\r\n").length, 1 + rows.length + 1);
    // Nothing is left but the files, and a second run writes the same.
    const files = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assertEquals(files, ["artifacts", "lists.csv", "lists.ndjson", "lists.parquet", "users.txt"]);
  }));

Deno.test("deno task batch makes the lists of a placement for a segment", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const placements = `${folder}/placements.json`;
    await Deno.writeTextFile(
      placements,
      JSON.stringify({
        placements: { email: { strategy: "personal", model: "svd", k: 3, rules: ["pin"] } },
        rules: { pin: { pin: { productId: "item-5", position: 2 } } },
        segments: {
          known: { events: { view: { min: 1 } } },
          nobody: { events: { view: { min: 1_000_000 } } },
        },
      }),
    );
    await Deno.writeTextFile(`${folder}/users.txt`, "user-3\nnobody\n");
    const batch = (...args: string[]) =>
      runToEnd([
        ...["scripts/batch.ts", "--artifacts", `${folder}/artifacts`, "--quiet"],
        ...["--placements", placements, "--users", `${folder}/users.txt`],
        ...["--out", `${folder}/lists.ndjson`, "--query", "k=2", ...args],
      ]);
    const lists = async () =>
      (await Deno.readTextFile(`${folder}/lists.ndjson`)).split("\n").slice(0, -1)
        .map((line) => JSON.parse(line))
        .map(({ userId, items }) => [userId, items.length, items[1].productId]);
    const { code, stdout, stderr } = await batch("--placement", "email");
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "Lists of 2 users by placement email");
    assertEquals(await lists(), [["user-3", 2, "item-5"], ["nobody", 2, "item-5"]]);
    assertEquals((await batch("--placement", "email", "--segment", "known")).code, 0);
    assertEquals(await lists(), [["user-3", 2, "item-5"]]);
    assertEquals((await batch("--segment", "nobody")).code, 0);
    assertEquals(await lists(), []);
    const bad: readonly [string[], string][] = [
      [["--placement", "emial"], 'there is no placement "emial"; did you mean email?'],
      [["--segment", "x"], 'there is no segment "x"; there are known, nobody'],
      [["--placement", "email", "--query", "model=popularity"], "placement email sets it to svd"],
      [["--segment", "x", "--placements", "none.json"], "Cannot read the placements in none.json"],
    ];
    for (const [args, message] of bad) {
      const { code, stderr } = await batch(...args);
      assertEquals(code, 1);
      assertStringIncludes(stderr, message);
      assertEquals(stderr.includes("    at "), false);
    }
  }));

/** Bad options, and part of the message. */
const BAD: readonly [string[], string][] = [
  [["--out", "lists.xlsx"], "the name must end in .ndjson, .csv or .parquet"],
  [["--out", "l.csv", "--query", "k=0"], 'Parameter "k" must be a whole number from 1 to 1000'],
  [["--out", "l.csv", "--query", "brnad=x"], "did you mean brand?"],
  [["--out", "l.csv", "--query", "explain=true"], 'Unknown parameter "explain"'],
  [["--out", "l.csv", "--query", "k=101&diversity=1"], "at most 100 if diversity or calibration"],
  [["--out", "l.csv", "--users", "none.txt"], "Cannot read the users in none.txt"],
  [["--out", "l.csv", "--store", "none.kv"], "Cannot read the store none.kv"],
  [["--out", "l.csv", "--version", "x"], "Cannot load artifact x"],
];

Deno.test("deno task batch refuses what breaks a rule and writes nothing", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const artifacts = ["--artifacts", `${folder}/artifacts`];
    for (const [args, message] of BAD) {
      const { code, stderr } = await runToEnd(["scripts/batch.ts", ...artifacts, ...args]);
      assertEquals(code, 1);
      assertStringIncludes(stderr, message);
      assertEquals(stderr.includes("    at "), false);
    }
  }));
