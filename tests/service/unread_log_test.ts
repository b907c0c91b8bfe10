/** A reader of the log that doesn't read must not delay requests. */
import { assert, assertEquals } from "../assert.ts";
import { command, environmentIn, saveBlockArtifact } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

/** Enough that their lines fill a pipe several times. */
const REQUESTS = 4000;

/** Much longer than the answers take. */
const PATIENCE_MS = 20_000;

/** A server whose standard output isn't read any further once it says where it serves. */
async function withUnreadServer(
  run: (url: string, server: Deno.ChildProcess, output: Output) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const env = environmentIn(folder);
    await saveBlockArtifact(env.ARTIFACTS_DIR);
    await using server = command(["src/main.ts"], { env }).spawn();
    const errors = new Response(server.stderr).text();
    const output = new Output(server.stdout.pipeThrough(new TextDecoderStream()).getReader());
    const url = await output.until(/http:\/\/[^\s/]+/);
    await run(url, server, output);
    assertEquals(await errors, "");
  });
}

class Output {
  #text = "";
  readonly #reader: ReadableStreamDefaultReader<string>;

  constructor(reader: ReadableStreamDefaultReader<string>) {
    this.#reader = reader;
  }

  async until(pattern: RegExp): Promise<string> {
    while (true) {
      const [found] = pattern.exec(this.#text) ?? [];
      if (found !== undefined) return found;
      const { value, done } = await this.#reader.read();
      if (done) throw new Error(`It ended without ${pattern}: ${this.#text}`);
      this.#text += value;
    }
  }

  /** Reads the rest. */
  async lines(): Promise<string[]> {
    for (let part = await this.#reader.read(); !part.done; part = await this.#reader.read()) {
      this.#text += part.value;
    }
    return this.#text.trimEnd().split("\n").slice(1);
  }
}

async function askForLists(url: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for (let i = 0; i < REQUESTS; i += 50) {
    await Promise.all(Array.from({ length: 50 }, async (_, j) => {
      const headers = { "x-request-id": `request-${i + j}` };
      const response = await fetch(`${url}/recommend/user-3`, { headers, signal });
      assertEquals(response.status, 200);
      await response.body?.cancel();
    }));
  }
}

Deno.test("a server answers while its log isn't read, and no line is lost once it is", () =>
  withUnreadServer(async (url, server, output) => {
    await askForLists(url);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    assert(metrics.includes("recommender_log_lines_lost_total 0\n"));
    server.kill("SIGTERM");
    const ids = new Set((await output.lines()).map((line) => JSON.parse(line).id));
    for (let i = 0; i < REQUESTS; i++) assert(ids.has(`request-${i}`));
    assertEquals((await server.status).code, 0);
  }));

Deno.test("a server whose log isn't read stops in time", () =>
  withUnreadServer(async (url, server) => {
    await askForLists(url);
    const start = performance.now();
    server.kill("SIGTERM");
    assertEquals((await server.status).code, 0);
    assert(performance.now() - start < 5000);
  }));
