/** What commands say and leave behind when the cluster fails. */
import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { runToEnd } from "../../running_server.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { killServer, master, needsSail, needsServer, startOwnServer } from "../spark_server.ts";

const SHOP = { "e.csv": simulatedText({ events: 60_000, days: 10, seed: 3 }) };

/** Runs a command on a cluster, and expects it to fail with one line. */
async function fails(args: readonly string[]): Promise<string> {
  const { code, stderr } = await runToEnd([...args, "--engine", "spark", "--quiet", "--no-cache"]);
  assertEquals(code, 1, stderr);
  assertStringIncludes(stderr, "error: Cannot ");
  assert(!stderr.includes("\n    at "), stderr);
  return stderr;
}

/** The names in a folder, those in folders below as well. */
async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    names.push(name);
    if (isDirectory) names.push(...await namesIn(`${folder}/${name}`));
  }
  return names.sort();
}

Deno.test(
  "a path that the cluster lacks is named, and nothing is written",
  needsServer,
  () =>
    withFiles({}, async (folder) => {
      const missing = `${folder}/none-*.csv`;
      const clean = ["scripts/clean.ts", "--events", missing, "--out", `${folder}/out.parquet`];
      const message = await fails([...clean, "--master", master!]);
      assertStringIncludes(message, `Cannot read ${missing}: `);
      const train = ["scripts/train.ts", "--events", missing, "--artifacts", `${folder}/artifacts`];
      assertStringIncludes(
        await fails([...train, "--master", master!, "--sums"]),
        `Cannot read ${missing}: `,
      );
      assertEquals((await namesIn(folder)).filter((name) => /parquet|manifest/.test(name)), []);
    }),
);

for (const [name, options] of [["", []], [" with --sums", ["--sums"]]] as const) {
  Deno.test(
    `training whose server is killed says so and leaves no artifact${name}`,
    needsSail,
    () =>
      withFiles(SHOP, async (folder) => {
        const own = await startOwnServer();
        const failing = fails([
          ...["scripts/train.ts", "--events", `${folder}/e.csv`, "--master", own, ...options],
          ...["--artifacts", `${folder}/artifacts`, "--models", "popularity"],
        ]);
        // In the middle of its queries, which take several seconds.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        killServer(own);
        assertStringIncludes(await failing, `no Spark server answers at ${own}`);
        assertEquals((await namesIn(folder)).filter((name) => /manifest|current/.test(name)), []);
      }),
  );
}
