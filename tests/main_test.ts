/** The server as Deno Deploy and containers start it: a process configured by its environment. */
import { loadArtifact } from "../src/artifact/load.ts";
import { algorithms } from "../src/models/mod.ts";
import { createHandler } from "../src/service/handler.ts";
import { openEventStore } from "../src/service/store/open_event_store.ts";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "./assert.ts";
import { runToEnd, saveBlockArtifact, startServer } from "./running_server.ts";
import { withFolder } from "./temp_folder.ts";

function environment(folder: string): Record<string, string> {
  return { ARTIFACTS_DIR: folder, HOST: "127.0.0.1", PORT: "0" };
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`the server answers, whatever its working directory, until ${signal}`, () =>
    withFolder(async (folder) => {
      await saveBlockArtifact(folder);
      await using server = await startServer(["src/main.ts"], {
        env: environment(folder),
        cwd: folder,
      });
      assertMatch(server.output, /^Serving http:\S+ from artifact \d{8}T\d{6}Z-\w{12}: 15 users/);
      assertStringIncludes(server.output, "events and changes are refused: API_TOKENS isn't set");
      assertEquals(
        (await fetch(`${server.url}/events`, { method: "POST", body: "{}" })).status,
        403,
      );

      const response = await fetch(`${server.url}/recommend/user-3?k=3`);
      using store = await openEventStore({ path: ":memory:" });
      const handler = createHandler(await loadArtifact(folder, { algorithms }), { store });
      const expected = await handler(new Request("http://shop.test/recommend/user-3?k=3"));
      assertEquals(response.headers.get("etag"), expected.headers.get("etag"));
      assertEquals(await response.json(), await expected.json());

      assertEquals(await server.end(signal), { success: true, code: 0, signal: null });
      await assertRejects(() => fetch(server.url), TypeError);
    }));
}

Deno.test("without an artifact the server says which command makes one, and exits with 1", () =>
  withFolder(async (folder) => {
    const { code, stdout, stderr } = await runToEnd(["src/main.ts"], { env: environment(folder) });
    assertEquals({ code, stdout }, { code: 1, stdout: "" });
    assertEquals(
      stderr,
      `error: Cannot load an artifact: there is none in ${folder}; make one: deno task start, ` +
        "or deno task train --events FILE\n",
    );
  }));

Deno.test("a server whose port is in use says so, and exits with 1", () =>
  withFolder(async (folder) => {
    for (const [port, message] of [["http", "PORT must be a whole number"], ["65536", "65535"]]) {
      const env = { ...environment(folder), PORT: port };
      const { code, stderr } = await runToEnd(["src/main.ts"], { env });
      assertEquals(code, 1);
      assertStringIncludes(stderr, message);
    }
    await saveBlockArtifact(folder);
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const env = { ...environment(folder), PORT: String(taken.addr.port) };
    const { code, stderr } = await runToEnd(["src/main.ts"], { env });
    assertEquals(code, 1);
    assertStringIncludes(stderr, "the port is in use");
  }));

Deno.test("a model on another machine is served", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    await using files = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async ({ url }) => new Response(await Deno.readFile(folder + new URL(url).pathname)),
    );
    const env = { HOST: "127.0.0.1", PORT: "0", MODEL_URL: `http://127.0.0.1:${files.addr.port}` };
    await using server = await startServer(["src/main.ts"], { env });
    const { strategy } = await (await fetch(`${server.url}/recommend/user-3`)).json();
    assertEquals(strategy, "personalized");
    await server.end("SIGTERM");
  }));

Deno.test("a server whose retention isn't a number says so, and exits with 1", () =>
  withFolder(async (folder) => {
    const env = { ...environment(folder), RETENTION_DAYS: "soon" };
    const { code, stderr } = await runToEnd(["src/main.ts"], { env });
    assertEquals(code, 1);
    assertStringIncludes(stderr, 'RETENTION_DAYS must be a number above 0, got "soon"');
  }));

Deno.test("a server whose store can't be opened recommends and says it is degraded", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const env = { ...environment(folder), KV_PATH: "/dev/null/store.kv" };
    await using server = await startServer(["src/main.ts"], { env });
    const { strategy } = await (await fetch(`${server.url}/recommend/user-3`)).json();
    assertEquals(strategy, "personalized");
    const { status } = await (await fetch(`${server.url}/readyz`)).json();
    assertEquals(status, "degraded");
    await server.end("SIGTERM");
  }));
