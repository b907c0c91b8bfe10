import { writeSimulation } from "../../src/simulate/mod.ts";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "../assert.ts";
import { runToEnd, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

/** Popularity is always added. */
const models = ["--models", "svd"];

/** Runs the test with a small simulated month, and arguments that train on it. */
function withMonth(run: (folder: string, args: string[]) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const events = `${folder}/events.csv`;
    await writeSimulation(events, { events: 4000, seed: 3 });
    await run(folder, ["--events", events, "--artifacts", `${folder}/artifacts`, ...models]);
  });
}

Deno.test("deno task start trains, prints the comparison and answers the request to paste", () =>
  withMonth(async (_folder, args) => {
    const server = await startServer(["scripts/start.ts", ...args, "--port", "0"], {
      until: /Stop with/,
    });
    assertMatch(server.output, /New products[^]*│ popularity[^]*All products[^]*│ svd/);
    assertMatch(
      server.output,
      /Served by default: (popularity|svd): [^│]*NDCG@10 for\snew\sproducts/,
    );
    const line = server.output.match(/^Try: curl '(\S+)'$/m)?.[1] ?? "";
    const { strategy, items } = await (await fetch(line)).json();
    assertEquals([typeof strategy, items.length], ["string", 10]);
    await server.end("SIGTERM");
  }));

Deno.test("deno task start serves the current artifact, unless other data is requested", () =>
  withMonth(async (folder, args) => {
    assertEquals((await runToEnd(["scripts/train.ts", ...args])).code, 0);
    const start = ["scripts/start.ts", ...args, "--port", "0"];
    const again = await startServer(start, { until: /Stop with/ });
    assertEquals(again.output.includes("New products"), false);
    await again.end("SIGTERM");

    await writeSimulation(`${folder}/other.csv`, { events: 3000, seed: 4 });
    const other = start.with(start.indexOf(`${folder}/events.csv`), `${folder}/other.csv`);
    const retrained = await startServer(other, { until: /Stop with/ });
    assertStringIncludes(retrained.output, "New products");
    await retrained.end("SIGTERM");

    // Without --max-events-per-user the same file means more events.
    const limited = [...start.with(0, "scripts/train.ts").slice(0, -2), "--max-events-per-user"];
    assertEquals((await runToEnd([...limited, "50"])).code, 0);
    const unlimited = await startServer(start, { until: /Stop with/ });
    assertStringIncludes(unlimited.output, "New products");
    await unlimited.end("SIGTERM");
  }));

Deno.test("deno task evaluate writes a row for each model and task", () =>
  withMonth(async (folder, args) => {
    const json = `${folder}/figures/evaluation.json`;
    const evaluate = ["scripts/evaluate.ts", "--k", "5", "--json", json, ...args];
    evaluate.splice(evaluate.indexOf("--artifacts"), 2);
    evaluate.push("--models", "popularity,svd");
    const { code, stdout } = await runToEnd(evaluate);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "Winner on validation: ");
    const rows = JSON.parse(await Deno.readTextFile(json));
    assertEquals(
      rows.map(({ model, task, k }: Record<string, unknown>) => `${model} ${task} ${k}`),
      ["new", "repeats", "all"].flatMap((task) => [`popularity ${task} 5`, `svd ${task} 5`]),
    );
    assertMatch(stdout, /by events in the history[^]*by days since[^]*by popularity/);
    const { rmse, low, ndcg, high, pValuePopularity } = rows[1];
    assertEquals([rmse > 0, low.ndcg <= ndcg, ndcg <= high.ndcg], [true, true, true]);
    assertEquals(pValuePopularity > 0 && pValuePopularity <= 1, true);
  }));

Deno.test("commands refuse unknown options, files and models", async () => {
  const flag = await runToEnd(["scripts/train.ts", "--evnts", "x.csv"]);
  assertEquals(flag.code, 1);
  assertStringIncludes(flag.stderr, "error: unknown option '--evnts'\n(Did you mean --events?)");

  const file = await runToEnd(["scripts/train.ts", "--events", "nowhere.csv"]);
  assertEquals(file.code, 1);
  assertStringIncludes(file.stderr, "nowhere.csv");
  assertEquals(file.stderr.includes("    at "), false);

  const model = await runToEnd(["scripts/start.ts", "--model", "svdd"]);
  assertEquals(model.code, 1);
  assertStringIncludes(
    model.stderr,
    'Cannot find model "svdd": it must be one of popularity, content',
  );
});

Deno.test("deno task start checks address, tokens, store and folder before it trains", () =>
  withMonth(async (folder, args) => {
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = taken.addr as Deno.NetAddr;
    const file = `${folder}/events.csv`;
    const start = (options: string[], env: Record<string, string> = {}) =>
      runToEnd(["scripts/start.ts", ...args, "--port", "0", ...options], { env });
    for (
      const [result, message] of [
        [start(["--port", `${port}`]), `Cannot listen on 127.0.0.1:${port}: the port is in use`],
        [start([], { API_TOKENS: "short" }), "Cannot use API_TOKENS"],
        [start([], { KV_PATH: `${file}/store.kv` }), "Cannot open the store of events"],
        [start(["--artifacts", file]), `Cannot find the current artifact: ${file}/current`],
      ] as const
    ) {
      const { code, stdout, stderr } = await result;
      assertEquals([code, stdout], [1, ""]);
      assertStringIncludes(stderr, `error: ${message}`);
      assertEquals(stderr.includes("    at "), false);
    }
  }));

for (const script of ["train", "start"]) {
  Deno.test(`deno task ${script} checks placements and experiments before training`, () =>
    withMonth(async (folder, args) => {
      const write = async (name: string, content: object) => {
        await Deno.writeTextFile(`${folder}/${name}.json`, JSON.stringify(content));
        return `${folder}/${name}.json`;
      };
      const env = { KV_PATH: `${folder}/store.kv`, EXPOSURES: "on" };
      const started = (more: Record<string, string>) =>
        runToEnd(
          [`scripts/${script}.ts`, ...args, ...(script === "start" ? ["--port", "0"] : [])],
          { env: { ...env, ...more } },
        );
      const home = { strategy: "personal", model: "svt", brand: ["not known yet"] };
      const wrong = await write("wrong", { placements: { home } });
      const { code, stdout, stderr } = await started({ PLACEMENTS: wrong });
      assertEquals([code, stdout, stderr], [
        ...[1, ""],
        `error: Cannot use the placements in ${wrong}: placements.home.model: there is no model ` +
        '"svt"; did you mean "svd"?\n',
      ]);
      const right = await write("right", { placements: { home: { ...home, model: "svd" } } });
      const experiments = await write("experiments", {
        experiments: { e: { arms: [{ name: "a" }, { name: "b", placement: "hone" }] } },
      });
      const other = await started({ PLACEMENTS: right, EXPERIMENTS: experiments });
      assertEquals([other.code, other.stdout], [1, ""]);
      assertStringIncludes(other.stderr, `Cannot use the experiments in ${experiments}`);
      await assertRejects(() => Deno.stat(`${folder}/artifacts`), Deno.errors.NotFound);
    }));
}
