/** `--sums`: the road from files to an artifact, with the events on the cluster. */
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "../../assert.ts";
import { withFiles } from "../../events/raw_files.ts";
import { command, runToEnd } from "../../running_server.ts";
import { simulatedText } from "../../simulate/simulated_events.ts";
import { defaultAlgorithms } from "../../../src/models/mod.ts";
import { loadArtifact } from "../../../src/artifact/load.ts";
import { master, needsSail } from "../spark_server.ts";

const SHOP = { "e.csv": simulatedText({ events: 8000, days: 10, seed: 3 }) };

/** One row of `evaluate --json`. */
interface Figures {
  readonly model: string;
  readonly task: string;
  readonly users: number;
  readonly ndcg: number;
}

async function evaluate(folder: string, ...options: string[]): Promise<Figures[]> {
  const json = `${folder}/${options.length}.json`;
  const { code, stderr } = await runToEnd([
    ...["scripts/evaluate.ts", "--events", `${folder}/e.csv`, "--json", json, "--no-cache"],
    ...["--models", "popularity,content,item_knn,sequential_rules", ...options],
  ]);
  assertEquals(code, 0, stderr);
  return JSON.parse(await Deno.readTextFile(json));
}

const onCluster = ["--engine", "spark", "--sums", "--master", master ?? ""];

Deno.test(
  "models from sums have the figures of those from all events",
  needsSail,
  () =>
    withFiles(SHOP, async (folder) => {
      const local = await evaluate(folder);
      const sums = await evaluate(folder, ...onCluster);
      assertEquals(sums.length, local.length);
      sums.forEach(({ model, task, users, ndcg }, i) => {
        assertEquals({ model, task, users }, {
          model: local[i].model,
          task: local[i].task,
          users: local[i].users,
        });
        assertAlmostEquals(ndcg, local[i].ndcg, 1e-4);
      });
    }),
);

Deno.test(
  "an artifact from sums has the models of one from all events, and says whose sums they are",
  needsSail,
  () =>
    withFiles(SHOP, async (folder) => {
      const artifacts = `${folder}/artifacts`;
      const { code, stdout, stderr } = await runToEnd([
        ...["scripts/train.ts", "--events", `${folder}/e.csv`, "--artifacts", artifacts],
        ...onCluster,
      ]);
      assertEquals([0, 2].includes(code), true, stderr);
      const version = (await Deno.readTextFile(`${artifacts}/current`)).trim();
      const manifest = JSON.parse(await Deno.readTextFile(`${artifacts}/${version}/manifest.json`));
      assertEquals(manifest.data.trainedOn.users, manifest.data.users);
      assertEquals([manifest.data.sums, manifest.data.leftOut], [true, []]);
      assertEquals(stdout.includes("Skipped"), false, stdout);
      for (const { name } of defaultAlgorithms) {
        assert(manifest.evaluation.some(({ model }: { model: string }) => model === name), name);
      }
    }),
);

Deno.test(
  "histories apart from sums are those of all users, and have the id of those made here",
  needsSail,
  () =>
    withFiles(SHOP, async (folder) => {
      const train = async (artifacts: string, ...options: string[]) => {
        const { code, stderr } = await runToEnd([
          ...["scripts/train.ts", "--events", `${folder}/e.csv`, "--artifacts", artifacts],
          ...["--models", "popularity,item_knn", "--histories", "apart", "--no-cache", ...options],
        ]);
        assertEquals([0, 2].includes(code), true, stderr);
        const { manifest } = await loadArtifact(artifacts, { algorithms: defaultAlgorithms });
        return manifest;
      };
      const here = await train(`${folder}/here`);
      const there = await train(`${folder}/there`, ...onCluster, "--sums-users", "100");
      assertEquals(there.histories, here.histories);
      assertEquals([there.data.users, there.data.events], [here.data.users, here.data.events]);
    }),
);

Deno.test(
  "what can't be done from sums is refused, with what to do",
  needsSail,
  () =>
    withFiles(SHOP, async (folder) => {
      const train = async (...options: string[]) => {
        const { code, stderr } = await runToEnd([
          ...["scripts/train.ts", "--events", `${folder}/e.csv`, "--quiet", ...options],
          ...["--artifacts", `${folder}/artifacts`],
        ]);
        assertEquals(code, 1);
        return stderr;
      };
      assertStringIncludes(await train("--sums"), "Cannot use --sums alone: add --engine spark");
      assertStringIncludes(
        await train("--half-life", "7", ...onCluster),
        "Cannot fade events (--half-life) whose sums a cluster makes: leave out --sums",
      );
    }),
);

Deno.test(
  "Ctrl-C while models are fitted from sums leaves no temporary files",
  needsSail,
  () =>
    withFiles(SHOP, async (folder) => {
      const args = ["scripts/train.ts", "--events", `${folder}/e.csv`, ...onCluster];
      await using training = command(args, { cwd: folder }).spawn();
      const output = new Response(training.stdout).text();
      let printed = "", interrupted = false;
      for await (const text of training.stderr.pipeThrough(new TextDecoderStream())) {
        printed += text;
        if (interrupted || !printed.includes("Models are made from sums")) continue;
        const names = await Array.fromAsync(Deno.readDir(`${folder}/data`), ({ name }) => name);
        assertEquals(names.filter((name) => name.startsWith(".unfinished-")).length, 1);
        training.kill("SIGINT");
        interrupted = true;
      }
      await output;
      assertEquals((await training.status).code, 130, printed);
      assertStringIncludes(printed, "Interrupted; nothing is left on the cluster");
      assertEquals(await Array.fromAsync(Deno.readDir(`${folder}/data`), ({ name }) => name), []);
    }),
);
