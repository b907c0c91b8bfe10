import pl from "nodejs-polars";
import { sleep } from "../../src/base/time.ts";
import { openStore } from "../../src/service/open_store.ts";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "../assert.ts";
import { command, runToEnd, saveBlockArtifact } from "../running_server.ts";
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
    const known = await batch("--placement", "email", "--segment", "known");
    assertStringIncludes(known.stdout, "Lists of those in segment known of 2 users by placement");
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

Deno.test("deno task batch uses the store that the environment names", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const path = `${folder}/store.kv`;
    {
      using store = await openStore({ path });
      await store.append([{ userId: "new", productId: "item-1", type: "view", time: Date.now() }]);
    }
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/batch.ts", "--artifacts", `${folder}/artifacts`, "--quiet"],
      ...["--out", `${folder}/lists.ndjson`, "--store"],
    ], { env: { KV_PATH: path } });
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "They include the events in the store");
    const lines = (await Deno.readTextFile(`${folder}/lists.ndjson`)).trimEnd().split("\n");
    const { userId, strategy } = JSON.parse(lines.at(-1)!);
    assertEquals([userId, strategy], ["new", "personalized"]);
  }));

Deno.test("deno task batch goes on after kill -9, and writes the same file", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    // Enough parts to be killed among.
    const users = Array.from({ length: 16_000 }, (_, i) => `user-${i % 7}-${i}`).join("\n");
    await Deno.writeTextFile(`${folder}/users.txt`, users);
    const args = (out: string) => [
      ...["scripts/batch.ts", "--artifacts", `${folder}/artifacts`, "--workers", "1"],
      ...["--users", `${folder}/users.txt`, "--query", "k=3", "--out", `${folder}/${out}`],
    ];
    const hasParts = (count: number) => {
      try {
        const names = Array.from(Deno.readDirSync(`${folder}/lists.csv.parts`), ({ name }) => name);
        return names.filter((name) => name.endsWith(".part")).length >= count;
      } catch {
        return false;
      }
    };
    await using process = command(args("lists.csv")).spawn();
    const output = [process.stdout, process.stderr].map((stream) => new Response(stream).text());
    while (!hasParts(2)) await sleep(1);
    process.kill("SIGKILL");
    await Promise.all(output);
    assertEquals((await process.status).signal, "SIGKILL");
    await assertRejects(() => Deno.stat(`${folder}/lists.csv`), Deno.errors.NotFound);

    const { code, stderr, stdout } = await runToEnd(args("lists.csv"));
    assertEquals(code, 0);
    assertMatch(stderr, /Going on after [2-7] parts/);
    assertStringIncludes(stdout, "Lists of 16000 users");
    assertEquals((await runToEnd(args("whole.csv"))).code, 0);
    assertEquals(
      await Deno.readTextFile(`${folder}/lists.csv`),
      await Deno.readTextFile(`${folder}/whole.csv`),
    );
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
  [["--out", "l.csv", "--store"], "Cannot read the store none-either.kv"],
  [["--out", "l.csv", "--store", "postgres://ann:secret@db/shop"], "set the environment variable"],
  [["--out", "l.csv", "--store", "postgres://ann@db/"], "Cannot open the store: STORE_URL must be"],
  [["--out", "l.csv", "--version", "x"], "Cannot load artifact x"],
];

Deno.test("deno task batch refuses what breaks a rule and writes nothing", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const artifacts = ["--artifacts", `${folder}/artifacts`];
    for (const [args, message] of BAD) {
      const { code, stderr } = await runToEnd(["scripts/batch.ts", ...artifacts, ...args], {
        env: { KV_PATH: "none-either.kv" },
      });
      assertEquals(code, 1);
      assertStringIncludes(stderr, message);
      assertEquals(stderr.includes("secret"), false);
      assertEquals(stderr.includes("    at "), false);
    }
  }));
