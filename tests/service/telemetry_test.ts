/** What Deno's OpenTelemetry sends if it is configured as in docs/operations.md. */
import { assert, assertEquals } from "../assert.ts";
import { saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";

const root = new URL("../../", import.meta.url);

/** The environment variables of the example in the documentation. */
async function documentedSettings(): Promise<Record<string, string>> {
  const text = await Deno.readTextFile(new URL("docs/operations.md", root));
  const [, block] = text.match(/```sh\n([^`]*OTEL_DENO=true[^`]*)```/) ?? [];
  assert(block !== undefined, "docs/operations.md must show the configuration");
  return Object.fromEntries(
    block.matchAll(/\b(OTEL_\w+)=(\S+)/g).map(([, name, value]) => [name, value]),
  );
}

Deno.test("traces, metrics and logs reach a collector, and none holds ids of users", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const received: { path: string; text: string }[] = [];
    await using collector = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        received.push({ path: new URL(request.url).pathname, text: await request.text() });
        return Response.json({});
      },
    );
    await using server = await startServer(["src/main.ts"], {
      env: {
        ARTIFACTS_DIR: folder,
        HOST: "127.0.0.1",
        PORT: "0",
        API_TOKENS: API_TOKEN,
        ...await documentedSettings(),
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      },
    });
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const asked: readonly [string, string][] = [
      ["GET", "/recommend/secret-1?not=secret-2"],
      ["GET", "/users/secret-3/history"],
      ["DELETE", "/users/secret-4"],
      ["GET", "/secret-5"],
      ["GET", "/recommend/secret-6?k=secret-7"],
    ];
    for (const [method, path] of asked) {
      const headers = { ...AUTHORIZED, traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
      const response = await fetch(server.url + path, { method, headers });
      await response.body?.cancel();
    }
    // Deno sends the rest when it exits.
    assertEquals((await server.end("SIGTERM")).code, 0);

    const spans = received.filter(({ path }) => path === "/v1/traces")
      .flatMap(({ text }) => JSON.parse(text).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ spans }) => spans);
    assertEquals(spans.map(({ name }) => name), [
      "GET /recommend/{userId}",
      "GET /users/{userId}/history",
      "DELETE /users/{userId}",
      "GET other",
      "GET /recommend/{userId}",
    ]);
    assertEquals(new Set(spans.map((span) => span.traceId)), new Set([traceId]));
    const text = received.map(({ text }) => text).join("\n");
    assertEquals(text.match(/secret-\d/g), null);
    for (const expected of ['"http.server.request.duration"', "Serving http://localhost:"]) {
      assert(text.includes(expected), expected);
    }
  }));
