/** `deno task tune` in a process of its own: stopped, killed and resumed. */
import { sleep } from "../../src/base/time.ts";
import { simulateCsv } from "../../src/simulate/simulate_csv.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { command, runToEnd } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

/**
 * Six combinations, half of them invalid; each of the others takes a good part of a second. The
 * defaults are tried as well.
 */
const GRID = { factors: [50], epochs: [160, 200, 240], learningRate: [1e9, 0.01] };

/** Runs a test in a folder with simulated events and a grid. */
function withEvents(test: (folder: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const pieces = [...simulateCsv({ events: 6000, days: 10 })];
    await Deno.writeFile(`${folder}/events.csv`, ReadableStream.from(pieces));
    await Deno.writeTextFile(`${folder}/grid.json`, JSON.stringify(GRID));
    await test(folder);
  });
}

/** The arguments that tune `svd` and write to a subfolder of the test's folder. */
function tuning(folder: string, out: string, workers = 1): string[] {
  return [
    ...["scripts/tune.ts", "--models", "svd", "--workers", `${workers}`],
    ...["--events", `${folder}/events.csv`, "--grid", `${folder}/grid.json`],
    ...["--tuned", `${folder}/${out}/tuned.json`, "--json", `${folder}/${out}/trials.json`],
  ];
}

/** The complete lines of the only journal in a folder; none if there is no journal. */
async function journalLines(folder: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    const journals = names.filter((name) => /^tuned\.svd\.[0-9a-f]{12}\.jsonl$/.test(name));
    assert(journals.length <= 1, journals.join());
    const text = journals[0] ? await Deno.readTextFile(`${folder}/${journals[0]}`) : "";
    return text.split("\n").slice(0, -1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Starts a search and sends it a signal once its journal has this many lines. */
async function stopAt(
  lines: number,
  { folder, out, signal }: { folder: string; out: string; signal: Deno.Signal },
): Promise<{ code: number; stderr: string }> {
  const child = command(tuning(folder, out)).spawn();
  const output = child.output();
  let ended = false;
  child.status.then(() => ended = true);
  while (!ended && (await journalLines(`${folder}/${out}`)).length < lines) {
    await sleep(10);
  }
  if (!ended) child.kill(signal);
  const { code, stderr } = await output;
  return { code, stderr: new TextDecoder().decode(stderr) };
}

Deno.test("a search that is stopped, killed and resumed gives the uninterrupted result", () =>
  withEvents(async (folder) => {
    const whole = await runToEnd(tuning(folder, "whole", 2));
    assertEquals(whole.code, 0, whole.stderr);
    assertStringIncludes(
      whole.stdout,
      '3 failed: Cannot fit svd: the descent diverged, option "learningRate"',
    );
    assertMatch(whole.stdout, /Best ndcg of svd: 0\.\d{4} with /);

    const out = "broken";
    const stopped = await stopAt(2, { folder, out, signal: "SIGINT" });
    assertEquals(stopped.code, 130, stopped.stderr);
    assertStringIncludes(stopped.stderr, "the best options so far are saved");
    const [best] = Object.values(
      JSON.parse(await Deno.readTextFile(`${folder}/${out}/tuned.json`)) as Record<
        string,
        { untried: number; trials: number }
      >,
    );
    assert(best.untried > 0 && best.trials < 7, JSON.stringify(best));
    const afterStop = await journalLines(`${folder}/${out}`);

    const killed = await stopAt(afterStop.length + 1, { folder, out, signal: "SIGKILL" });
    assertEquals(killed.code, 137, killed.stderr);
    const afterKill = await journalLines(`${folder}/${out}`);
    assertEquals(afterKill.slice(0, afterStop.length), afterStop);
    assert(afterStop.length < afterKill.length && afterKill.length < 8, `${afterKill.length}`);

    const resumed = await runToEnd(tuning(folder, out));
    assertEquals(resumed.code, 0, resumed.stderr);
    assertStringIncludes(resumed.stderr, `which already has ${afterKill.length - 1}`);
    const lines = await journalLines(`${folder}/${out}`);
    assertEquals([lines.length, lines.slice(0, afterKill.length)], [8, afterKill]);
    for (const file of ["tuned.json", "trials.json"]) {
      assertEquals(
        await Deno.readTextFile(`${folder}/${out}/${file}`),
        await Deno.readTextFile(`${folder}/whole/${file}`),
      );
    }
    assertEquals(resumed.stdout.replaceAll(out, "whole"), whole.stdout);
  }));

Deno.test("an invalid grid is refused with the option and the rule, before events are read", () =>
  withEvents(async (folder) => {
    await Deno.writeTextFile(`${folder}/grid.json`, '{"factors": []}');
    await Deno.writeTextFile(`${folder}/events.csv`, "not events");
    const { code, stderr } = await runToEnd(tuning(folder, "out"));
    assertEquals(code, 1);
    assertStringIncludes(stderr, 'option "factors" must list at least one value');
  }));
