/** Runs the commands of each way to deploy the service, in local folders. */
import { assert, assertEquals } from "../../assert.ts";
import {
  denoCommand,
  type Running,
  saveBlockArtifact,
  waitUntilServing,
} from "../../running_server.ts";
import { API_TOKEN, AUTHORIZED } from "../../service/live_shop.ts";
import { writeSimulation } from "../../../src/simulate/mod.ts";
import { withFolder } from "../../temp_folder.ts";

const root = new URL("../../../", import.meta.url);
const onLinux = Deno.build.os === "linux";

/** The lowest limit that an app on Deno Deploy may be given; the default is 768 MB. */
const MEMORY_BYTES = 512 * 1024 * 1024;
const STOP_MS = 5000;

function readText(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, root));
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/**
 * Requires that a server stores an event, uses it in the next list, shows its docs, and stops in
 * time.
 */
async function requireWorking(server: Running, signal: Deno.Signal): Promise<void> {
  const ready = await (await fetch(`${server.url}/readyz`)).json();
  assertEquals([ready.status, ready.store], ["ready", "available"]);
  const userId = crypto.randomUUID();
  const stored = await fetch(`${server.url}/events`, {
    method: "POST",
    headers: AUTHORIZED,
    body: JSON.stringify({ userId, productId: "item-3", type: "cart" }),
  });
  assertEquals([stored.status, (await stored.json()).accepted], [202, 1]);
  const list = await (await fetch(`${server.url}/recommend/${userId}`)).json();
  assertEquals([list.strategy, list.items.length > 0], ["personalized", true]);
  const forgotten = { method: "DELETE", headers: AUTHORIZED };
  assertEquals(
    (await (await fetch(`${server.url}/users/${userId}`, forgotten)).json()).deletedEvents,
    1,
  );
  const script = await (await fetch(`${server.url}/docs/swagger-ui-bundle.js`)).text();
  assert(script.length > 100_000);
  assertEquals((await server.end(signal, STOP_MS)).code, 0);
}

Deno.test("started as on Deno Deploy, the service works with the platform's store", () =>
  withFolder(async (folder) => {
    const { deploy, unstable } = JSON.parse(await readText("deno.json"));
    // Deno Deploy passes no flags, so KV must not need one.
    assertEquals(unstable, ["kv"]);
    assertEquals(deploy.runtime, { type: "dynamic", entrypoint: "src/main.ts" });
    await saveBlockArtifact(folder);
    const env = {
      DENO_DEPLOY: "1",
      KV_PATH: "",
      ARTIFACTS_DIR: folder,
      HOST: "127.0.0.1",
      PORT: "0",
      API_TOKENS: API_TOKEN,
    };
    const entry = ["run", "--allow-all", deploy.runtime.entrypoint];
    await using server = await waitUntilServing(denoCommand(entry, { env }));
    for (let i = 0; i < 300; i++) {
      const url = `${server.url}/recommend/user-${i % 15}?explain=true`;
      await (await fetch(url, { headers: AUTHORIZED })).body?.cancel();
    }
    if (onLinux) {
      assert(
        await peakMemory(server.pid) < MEMORY_BYTES,
        "the service must fit into Deno Deploy's memory",
      );
    }
    await requireWorking(server, "SIGINT");
  }));

/** The peak memory of a process, in bytes. */
async function peakMemory(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return 1024 * Number(status.match(/^VmHWM:\s+(\d+) kB$/m)?.[1]);
}

Deno.test("Deno Deploy's build keeps a committed artifact", () =>
  withFolder(async (folder) => {
    const { deploy, tasks } = JSON.parse(await readText("deno.json"));
    assertEquals([deploy.install, deploy.build], ["deno install", "deno task build"]);
    await saveBlockArtifact(folder);
    const before = await Deno.readTextFile(`${folder}/current`);
    const [, ...args] = tasks.build.command.split(" ");
    const { code } = await denoCommand([...args, "--artifacts", folder]).output();
    assertEquals([code, await Deno.readTextFile(`${folder}/current`)], [0, before]);
  }));

Deno.test("the unit's command works with the permissions it has, and reloads on SIGHUP", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const port = freePort();
    const unit = (await readText("scripts/ops/recommender@.service"))
      .replaceAll("%i", String(port))
      .replaceAll("/opt/recommender", root.pathname.replace(/\/$/, ""))
      .replaceAll("/var/lib/recommender", folder);
    const settings = unit.matchAll(/^Environment=(.*)$/gm).flatMap(([, line]) => line.split(" "))
      .map((pair) => pair.split("=") as [string, string]);
    // Tests use the packages of this machine, not the service's own cache folder.
    const { DENO_DIR: _, ...env } = Object.fromEntries(settings);
    const [, command] = unit.match(/^ExecStart=\S+\/deno (.*)$/m) ?? [];
    await using server = await waitUntilServing(
      denoCommand(command.split(" "), { env: { ...env, API_TOKENS: API_TOKEN } }),
    );
    assertEquals(server.url, `http://localhost:${port}`);
    if (onLinux) {
      assert(unit.includes("\nExecReload=/bin/kill -HUP $MAINPID\n"));
      server.signal("SIGHUP");
    }
    await requireWorking(server, "SIGTERM");
  }));

Deno.test("the command of the retraining's unit trains, and reloads the services", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/events`);
    await writeSimulation(`${folder}/events/month.csv`, { events: 3000, seed: 3 });
    const unit = (await readText("scripts/ops/recommender-retrain.service"))
      .replaceAll("/var/lib/recommender", folder);
    const [, command] = unit.match(/^ExecStart=\S+\/deno (.*)$/m) ?? [];
    const [, KV_PATH] = unit.match(/^Environment=KV_PATH=(.*)$/m) ?? [];
    const args = [...command.split(" "), "--models", "popularity,content"];
    const { code, stdout } = await denoCommand(args, { env: { KV_PATH } }).output();
    const text = new TextDecoder().decode(stdout);
    assertEquals(code, 0, text);
    assert(text.includes("Outcome: in service"), text);
    assert((await Deno.stat(`${folder}/artifacts/current`)).isFile);
    const timer = await readText("scripts/ops/recommender-retrain.timer");
    assert(timer.includes("\nOnCalendar=*-*-* 03:00:00\n"));
  }));

Deno.test({
  name: "the image's steps make a folder that works, without packages that only commands need",
  ignore: !onLinux,
  fn: () =>
    withFolder(async (folder) => {
      const ignored = await readText(".dockerignore");
      const [first, ...kept] = ignored.trim().split("\n");
      assertEquals(first, "*");
      const app = `${folder}/app`;
      await Deno.mkdir(app);
      const steps = stepsOf(await readText("scripts/ops/Dockerfile"));
      const [, version] = (await readText(".ci/run")).match(/deno@(\S+)/) ?? [];
      assertEquals(steps.FROM, [`denoland/deno:${version}`]);
      for (const copied of steps.COPY) {
        const names = copied.split(" ").slice(0, -1);
        for (const name of names) {
          assert(kept.includes(`!${name}`), `.dockerignore must let ${name} in`);
          if (name === "artifacts") await saveBlockArtifact(`${app}/artifacts`);
          else await copy(new URL(name, root).pathname, `${app}/${name}`);
        }
      }
      for (const step of steps.RUN) {
        // Only root may change the owner of files.
        const { code, stderr } = await new Deno.Command("sh", {
          args: ["-ec", step.replace(/ && chown deno data$/, "")],
          cwd: app,
          env: { PATH: `${Deno.execPath().replace(/[^/]*$/, "")}:${Deno.env.get("PATH")}` },
        }).output();
        assertEquals(code, 0, new TextDecoder().decode(stderr));
      }
      const packages = Array.from(Deno.readDirSync(`${app}/node_modules`), ({ name }) => name);
      assertEquals(
        packages.filter((name) => /polars|commander|playwright|axe-core/.test(name)),
        [],
      );
      assertEquals(steps.USER, ["deno"]);

      const env = {
        HOST: "127.0.0.1",
        PORT: String(freePort()),
        KV_PATH: "",
        API_TOKENS: API_TOKEN,
      };
      await using server = await waitUntilServing(
        denoCommand(JSON.parse(steps.CMD[0]), { env, cwd: app }),
      );
      const [program, ...check] = JSON.parse(steps.HEALTHCHECK[0].match(/CMD (.*)$/)?.[1] ?? "[]");
      assertEquals(program, "deno");
      assertEquals((await denoCommand(check, { env }).output()).code, 0);
      for (const file of ["vega", "vega-lite", "vega-interpreter", "htmx", "pages"]) {
        const script = await fetch(`${server.url}/pages/files/${file}.js`);
        assertEquals(script.status, 200, file);
        await script.body?.cancel();
      }
      await requireWorking(server, "SIGTERM");
      assertEquals((await denoCommand(check, { env }).output()).code, 1);
      assert((await Deno.stat(`${app}/data/store.kv`)).isFile);
    }),
});

/** The arguments of each instruction of a Dockerfile, in order. */
function stepsOf(dockerfile: string): Record<string, string[]> {
  const lines = dockerfile.replaceAll(/^#.*\n/gm, "").replaceAll(/\\\n\s*/g, "").split("\n");
  const steps: Record<string, string[]> = {};
  for (const line of lines) {
    const [, name, rest] = line.match(/^([A-Z]+) (.*)$/) ?? [];
    if (name !== undefined) (steps[name] ??= []).push(rest);
  }
  return steps;
}

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}
