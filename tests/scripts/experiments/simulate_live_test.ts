import type { Reading } from "../../../scripts/lib/experiments/live_experiment.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";
import { runToEnd, startServer } from "../../running_server.ts";
import { API_TOKEN, AUTHORIZED } from "../../service/live_shop.ts";
import { withFolder } from "../../temp_folder.ts";

const SMALL = ["--shoppers", "500", "--products", "200", "--quiet"];

async function simulate(folder: string, ...args: string[]) {
  const json = `${folder}/live.json`;
  const { code, stdout, stderr } = await runToEnd([
    ...["scripts/experiments/simulate_live.ts", ...SMALL, "--json", json, ...args],
  ]);
  assertEquals([code, stderr], [0, ""], stdout);
  const { readings, truth } = JSON.parse(await Deno.readTextFile(json)) as {
    readings: Reading[];
    truth: [number, number];
  };
  return { stdout, readings, last: readings.at(-1)!, effect: truth[1] - truth[0] };
}

Deno.test("an experiment with shoppers over HTTP finds the better model and its true effect", () =>
  withFolder(async (folder) => {
    const { stdout, readings, last, effect } = await simulate(
      folder,
      ...["--days", "7", "--control", "popularity", "--arm", "blend"],
    );
    assertEquals(readings.length, 7);
    assert(effect > 0 && last.isCertain && last.effect.low > 0, stdout);
    assert(last.effect.low <= effect && effect <= last.effect.high, stdout);
    assertMatch(stdout, /blend is better: certain since day \d+/);
    assertStringIncludes(stdout.replaceAll("\n", " "), "which is inside the interval");
  }));

const PLANTED = ["--days", "10", "--control", "pure_svd", "--arm", "item_knn"];

Deno.test("a better model that was planted, since the control confuses products, is found", () =>
  withFolder(async (folder) => {
    const { stdout, last, effect } = await simulate(folder, ...PLANTED, "--broken", "control");
    assert(effect > 0 && last.isCertain && last.effect.low > 0, stdout);
    assert(last.effect.low <= effect && effect <= last.effect.high, stdout);
  }));

Deno.test("a worse model that was planted is stopped before its time is up", () =>
  withFolder(async (folder) => {
    const { stdout, readings, last, effect } = await simulate(
      folder,
      ...[...PLANTED, "--broken", "arm"],
    );
    assert(effect < 0 && last.isCertain && last.effect.high < 0, stdout);
    assert(last.effect.low <= effect && effect <= last.effect.high, stdout);
    assert(readings.length < 10, stdout);
    assertStringIncludes(stdout, `item_knn is worse: stopped after day ${last.day}`);
  }));

Deno.test("of two equal models none is found better", () =>
  withFolder(async (folder) => {
    const { stdout, last, effect } = await simulate(
      folder,
      ...["--days", "4", "--control", "popularity", "--arm", "popularity"],
    );
    assertEquals([effect, last.isCertain], [0, false]);
    assertStringIncludes(stdout, "Nothing is certain after day 4");
  }));

Deno.test("shoppers visit a service that runs already, with its own clock", () =>
  withFolder(async (folder) => {
    const history = `${folder}/history.csv`, artifacts = `${folder}/artifacts`;
    const live = ["scripts/experiments/simulate_live.ts", ...SMALL, "--days", "2"];
    const env = { API_TOKENS: API_TOKEN, KV_PATH: `${folder}/store.kv` };
    assertEquals((await runToEnd([...live, "--history", history])).code, 0);
    const models = ["--models", "popularity,item_knn", "--model", "popularity"];
    const train = ["scripts/train.ts", "--events", history, "--artifacts", artifacts, ...models];
    assertEquals((await runToEnd(train, { env: { ...env, KV_PATH: ":memory:" } })).code, 0);
    const served = { ...env, ARTIFACTS_DIR: artifacts, HOST: "127.0.0.1", PORT: "0" };
    await using server = await startServer(["src/main.ts"], {
      env: { ...served, EXPOSURES: "on", ACCESS_LOG: "off" },
    });
    const json = `${folder}/live.json`;
    const visit = [...live, "--arm", "item_knn", "--url", server.url, "--json", json];
    const { code, stderr, stdout } = await runToEnd(visit, { env });
    assertEquals([code, stderr], [0, ""], stdout);
    const { readings } = JSON.parse(await Deno.readTextFile(json)) as { readings: Reading[] };
    assertEquals(readings.map(({ day }) => day), [1, 2]);
    const [popular, neighbours] = readings[1].clickThrough;
    assert(popular! > 0 && neighbours! > 0, stdout);
    const headers = AUTHORIZED;
    const path = `${server.url}/experiments/live-1-popularity-item_knn`;
    const { results } = await (await fetch(path, { headers })).json();
    const lists = results.reduce((sum: number, arm: { lists: number }) => sum + arm.lists, 0);
    assertEquals(lists, readings[0].lists + readings[1].lists);
  }));

Deno.test("deno task simulate:live refuses what it can't compare", () =>
  withFolder(async (folder) => {
    const live = ["scripts/experiments/simulate_live.ts", ...SMALL];
    const refused = async (...args: string[]) => {
      const { code, stderr } = await runToEnd([...live, ...args], { cwd: folder });
      assertEquals(code, 1);
      return stderr;
    };
    assertStringIncludes(await refused("--arm", "blent"), "blend");
    const equal = ["--control", "svd", "--arm", "svd", "--broken", "arm"];
    assertStringIncludes(await refused(...equal), "error: Cannot break one of two equal models");
    const unreachable = await refused("--url", "http://127.0.0.1:9");
    assertStringIncludes(unreachable, "error: Cannot have shoppers visit http://127.0.0.1:9: ");
  }));
