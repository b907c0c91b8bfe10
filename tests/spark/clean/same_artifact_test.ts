import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { runToEnd } from "../../running_server.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { master, needsSail } from "../spark_server.ts";

const SHOP = { "e.csv": simulatedText({ events: 6000, days: 10, seed: 3 }) };

const MODELS = ["--models", "popularity,item_knn", "--no-cache", "--quiet"];

/** Trains, and returns the files of the artifact by name, the manifest without its times. */
async function train(folder: string, ...engine: string[]): Promise<Map<string, string>> {
  const artifacts = `${folder}/${engine.length === 0 ? "local" : "cluster"}`;
  const { code, stderr } = await runToEnd([
    ...["scripts/train.ts", "--events", `${folder}/e.csv`, "--artifacts", artifacts],
    ...[...MODELS, ...engine],
  ]);
  assertEquals([0, 2].includes(code), true, stderr);
  const version = (await Deno.readTextFile(`${artifacts}/current`)).trim();
  const files = new Map<string, string>();
  for await (const { name } of Deno.readDir(`${artifacts}/${version}`)) {
    const bytes = await Deno.readFile(`${artifacts}/${version}/${name}`);
    const text = new TextDecoder("latin1").decode(bytes);
    files.set(
      name,
      name === "manifest.json" ? text.replaceAll(/"(created|\w*[sS]econds)": [^\n]*/g, "") : text,
    );
  }
  return files;
}

Deno.test(
  "an artifact of events that a cluster cleaned is the same, byte for byte",
  needsSail,
  () =>
    withFiles(SHOP, async (folder) => {
      const local = await train(folder);
      const cluster = await train(folder, "--engine", "spark", "--master", master!);
      assertEquals([...cluster.keys()].sort(), [...local.keys()].sort());
      for (const [name, content] of local) assertEquals(cluster.get(name) === content, true, name);
    }),
);

Deno.test("training on a cluster's events refuses what the cluster can't read", () =>
  withFiles(SHOP, async (folder) => {
    const options = ["--engine", "spark", "--master", "sc://127.0.0.1:1"];
    const collected = await runToEnd([
      ...["scripts/train.ts", "--events", `${folder}/e.csv`, "--collected", ...options],
      ...["--artifacts", `${folder}/artifacts`],
    ]);
    assertEquals(collected.code, 1);
    assertStringIncludes(collected.stderr, "Cannot use --collected with --engine spark");
    const start = await runToEnd(["scripts/start.ts", ...options, "--artifacts", `${folder}/a`]);
    assertEquals(start.code, 1);
    assertStringIncludes(start.stderr, "--engine spark needs --events");
  }));
