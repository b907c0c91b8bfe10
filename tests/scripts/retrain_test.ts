/**
 * Retraining beside a running service. With another seed or more kills:
 * `KILL_SEED=7 KILL_RUNS=30 deno test -A tests/scripts/retrain_test.ts`.
 */
import { currentVersion, listVersions } from "../../src/artifact/current.ts";
import { loadArtifact } from "../../src/artifact/load.ts";
import { createRandom } from "../../src/linalg/random.ts";
import { algorithms } from "../../src/models/mod.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { writeSimulation } from "../../src/simulate/mod.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { command, runToEnd, startServer } from "../running_server.ts";
import { API_TOKEN } from "../service/live_shop.ts";
import { withFolder } from "../temp_folder.ts";

const KILLS = Number(Deno.env.get("KILL_RUNS") || 3);
const SEED = Number(Deno.env.get("KILL_SEED") || 1);

/** So that watching ends soon after its time. */
const SOON = ["--settle", "0.1s"];

/** A shop's files, store and artifacts in a folder. */
class Shop {
  readonly events: string;
  readonly artifacts: string;
  readonly env: Record<string, string>;

  private constructor(folder: string) {
    this.events = `${folder}/events-1.csv`;
    this.artifacts = `${folder}/artifacts`;
    this.env = { KV_PATH: `${folder}/store.kv`, API_TOKENS: API_TOKEN };
  }

  static async in(folder: string): Promise<Shop> {
    const shop = new Shop(folder);
    await writeSimulation(shop.events, { events: 3000, seed: 3 });
    await shop.collect("first");
    return shop;
  }

  /** Has the service show a list to each of many users, some of whom click on it. */
  async show(lists: { at: number; clicked: number }): Promise<void> {
    using store = await openEventStore({ path: this.env.KV_PATH });
    const users = Array.from({ length: 300 }, (_, user) => `user ${user}`);
    const listId = `list at ${lists.at}`;
    const shown = { model: "content", productIds: ["1"], positions: [1], propensities: [1] };
    await store.recordExposures(
      users.map((userId) => ({ ...shown, userId, listId, at: lists.at })),
    );
    const click = { productId: "1", type: "view", listId, time: lists.at + 1 } as const;
    await store.append(users.slice(0, lists.clicked).map((userId) => ({ ...click, userId })));
  }

  /** Has the service collect an event of a user. */
  async collect(userId: string): Promise<void> {
    using store = await openEventStore({ path: this.env.KV_PATH });
    await store.append([{ userId, productId: "1", type: "view", time: Date.UTC(2019, 9, 30) }]);
  }

  args(...more: string[]): string[] {
    const [events, artifacts] = [this.events.replace("-1.csv", "-*.csv"), this.artifacts];
    return [
      ...["scripts/retrain.ts", "--events", events, "--artifacts", artifacts, "--quiet"],
      ...["--models", "popularity,content", "--keep", "2", ...more],
    ];
  }

  retrain(...more: string[]) {
    return runToEnd(this.args(...more), { env: this.env });
  }
}

/** A service that loads what is current when it is told to. */
function startService({ artifacts }: Shop, onReload = (_version: string) => Promise.resolve()) {
  let version = "";
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    assertEquals(request.headers.get("authorization"), `Bearer ${API_TOKEN}`);
    assertEquals(new URL(request.url).pathname, "/admin/reload");
    const previous = version;
    version = (await currentVersion(artifacts))!;
    await onReload(version);
    return Response.json({ version, previous });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    get version() {
      return version;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("deno task retrain trains on what is new, and a service serves it", () =>
  withFolder(async (folder) => {
    const shop = await Shop.in(folder);
    const first = await shop.retrain();
    assertEquals([first.code, first.stderr], [0, ""]);
    assertStringIncludes(first.stdout, "Stage training: 1 file and 1 collected event are new");
    assertStringIncludes(first.stdout, "Outcome: in service.");
    assertStringIncludes(first.stdout, "effective products");
    const version = await currentVersion(shop.artifacts);
    assertEquals(await (await shop.retrain()).stdout.split(".")[0], "Outcome: nothing new");

    const env = { ...shop.env, ARTIFACTS_DIR: shop.artifacts, HOST: "127.0.0.1", PORT: "0" };
    await using server = await startServer(["src/main.ts"], { env });
    await writeSimulation(shop.events.replace("-1.csv", "-2.csv"), { events: 3000, seed: 4 });
    await shop.collect("second");
    const flags = ["--service", server.url, "--watch", "2s", "--period", "1s", "--settle", "1s"];
    const next = await shop.retrain(...flags);
    assertEquals([next.code, next.stderr], [0, ""]);
    assertStringIncludes(next.stdout, "Stage training: 1 file and 1 collected event are new");
    assertStringIncludes(next.stdout, `none of its lists was counted`);
    const served = await (await fetch(`${server.url}/version`)).json();
    assertEquals(served.version, await currentVersion(shop.artifacts));
    assert(served.version !== version);
    const { interactions } = await loadArtifact(shop.artifacts, { algorithms });
    for (const user of ["first", "second"]) assert(await interactions.histories.of(user), user);
  }));

Deno.test("deno task retrain rolls back a version whose lists are clicked less", () =>
  withFolder(async (folder) => {
    const shop = await Shop.in(folder);
    await shop.retrain();
    const good = await currentVersion(shop.artifacts);
    await shop.show({ at: Date.now(), clicked: 150 });
    await using service = startService(shop, async (version) => {
      // Soon after it is served.
      if (version !== good) await shop.show({ at: Date.now() + 500, clicked: 50 });
    });
    const flags = ["--service", service.url, "--watch", "60s", "--period", "1s", "--settle", "1s"];
    const { code, stdout, stderr } = await shop.retrain(...flags);
    assertEquals([code, stderr], [3, ""], stdout);
    assertEquals([service.version, await currentVersion(shop.artifacts)], [good, good]);
    const figures = "16.7% of 300 lists clicked, before 50% of 300 lists: −66.7%";
    assertStringIncludes(stdout, `Outcome: rolled back. ${good} is served again: ${figures}`);
    assertStringIncludes(stdout, "products shown");
    // What was rolled back isn't tried again until something is new; clicks arrived meanwhile.
    assertStringIncludes((await shop.retrain("--least-events", "51")).stdout, "nothing new");
  }));

for (const stage of ["training", "entering", "watching"]) {
  Deno.test(`killed in the stage ${stage}, deno task retrain ends right the next time`, () =>
    withFolder(async (folder) => {
      const shop = await Shop.in(folder);
      await shop.retrain();
      await shop.collect("second");
      await using service = startService(shop);
      const flags = ["--service", service.url, "--watch", "2s", "--period", "0.1s", ...SOON];
      await killAt(shop, flags, new RegExp(`^Stage ${stage}`, "m"));
      await loadArtifact(shop.artifacts, { algorithms });
      const { code, stdout, stderr } = await shop.retrain(...flags);
      assertEquals([code, stderr], [0, ""]);
      assertMatch(stdout, /^The last run was killed: process \d+, since 20/);
      assertStringIncludes(stdout, stage === "training" ? "Stage training" : "Going on where");
      assertStringIncludes(stdout, "Outcome: in service.");
      assertEquals(service.version, await currentVersion(shop.artifacts));
      assertEquals((await listVersions(shop.artifacts)).length, 2);
    }));
}

Deno.test(`killed ${KILLS} times at any moment, deno task retrain ends right at last`, () =>
  withFolder(async (folder) => {
    const shop = await Shop.in(folder);
    await shop.retrain();
    const first = await currentVersion(shop.artifacts);
    await shop.collect("second");
    await using service = startService(shop);
    const flags = ["--service", service.url, "--watch", "1s", "--period", "0.1s", ...SOON];
    const random = createRandom(SEED);
    for (let kill = 0; kill < KILLS; kill++) {
      await killAt(shop, flags, 500 + random.integer(3000));
      await loadArtifact(shop.artifacts, { algorithms });
    }
    const { code, stderr } = await shop.retrain(...flags);
    assertEquals([code, stderr], [0, ""]);
    const { interactions, version } = await loadArtifact(shop.artifacts, { algorithms });
    assert(version !== first);
    assert(await interactions.histories.of("second"));
    assertEquals(service.version, version);
    assertStringIncludes((await shop.retrain(...flags)).stdout, "Outcome: nothing new");
  }));

/**
 * Kills a retraining when it prints a line, or after some milliseconds; it may have ended by then.
 */
async function killAt(shop: Shop, flags: string[], when: RegExp | number): Promise<void> {
  await using process = command(shop.args(...flags), { env: shop.env }).spawn();
  const errors = new Response(process.stderr).text();
  const kill = () => process.kill("SIGKILL");
  let isOver = false, output = "";
  const timer = typeof when === "number" ? setTimeout(kill, when) : undefined;
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (isOver || !(when instanceof RegExp && when.test(output))) continue;
    isOver = true;
    kill();
  }
  clearTimeout(timer);
  const { signal } = await process.status;
  assert(signal === "SIGKILL" || typeof when === "number", `${output}${await errors}`);
  await errors;
}

Deno.test("deno task retrain --every goes on after an error, and trains on what is new", () =>
  withFolder(async (folder) => {
    const shop = await Shop.in(folder);
    await Deno.rename(shop.events, `${folder}/hidden.csv`);
    await using process = command(shop.args("--every", "2s"), { env: shop.env }).spawn();
    const errors = new Response(process.stderr).text();
    let isHidden = true, output = "";
    for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
      output += text;
      if (isHidden && output.includes("Next: ")) {
        await Deno.rename(`${folder}/hidden.csv`, shop.events);
        isHidden = false;
      }
      if (/nothing new[^]*Next/.test(output)) process.kill("SIGKILL");
    }
    assertMatch(output, /^Next: .*\n[^]*Outcome: in service[^]*Next: [^]*Outcome: nothing new/);
    assertMatch(await errors, /^error: Cannot read .*events-\*\.csv: no file matches/);
  }));

Deno.test("deno task retrain refuses what it can't use, and says why", () =>
  withFolder(async (folder) => {
    const shop = await Shop.in(folder);
    const refused = async (...more: string[]) => {
      const { code, stderr } = await shop.retrain(...more);
      assertEquals(code, 1);
      return stderr;
    };
    assertStringIncludes(await refused("--every", "1 day"), "a duration above 0, such as 90s");
    assertStringIncludes(await refused("--service", "localhost"), "an address such as http://");
    assertStringIncludes(await refused("--keep", "1"), "a whole number, 2 or more");
    const nothing = ["scripts/retrain.ts", "--artifacts", folder, "--no-collected"];
    assertStringIncludes((await runToEnd(nothing)).stderr, "error: Cannot retrain on nothing");
  }));
