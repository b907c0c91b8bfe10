/** The nginx site of `scripts/ops`, run by nginx itself where it is installed. */
import { runCommand } from "../../../scripts/lib/run_command.ts";
import { assert, assertEquals } from "../../assert.ts";
import { withFolder } from "../../temp_folder.ts";

const SITE = new URL("../../../scripts/ops/nginx.conf", import.meta.url);
const isInstalled = (await runCommand("nginx", ["-v"])).ok &&
  (await runCommand("openssl", ["version"])).ok;

/** Ports for nginx and the processes behind it. */
function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map(({ addr }) => (addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}

/** The site for this machine: its own ports, folders, name and certificate, and short waits. */
async function writeSite(folder: string, [plain, tls, first, second]: number[]): Promise<string> {
  const site = (await Deno.readTextFile(SITE))
    .replaceAll(/^ *listen \[::\].*\n/gm, "")
    .replaceAll("listen 80;", `listen 127.0.0.1:${plain};`)
    .replaceAll("listen 443 ", `listen 127.0.0.1:${tls} `)
    .replaceAll("127.0.0.1:8001", `127.0.0.1:${first}`)
    .replaceAll("127.0.0.1:8002", `127.0.0.1:${second}`)
    .replaceAll("/etc/letsencrypt/live/recommender.example.com", folder)
    .replaceAll("recommender.example.com", "localhost")
    .replaceAll("/var/log/nginx", folder)
    .replaceAll("proxy_read_timeout 30s", "proxy_read_timeout 1s");
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  const path = `${folder}/nginx.conf`;
  await Deno.writeTextFile(
    path,
    `daemon off; pid ${folder}/pid; error_log ${folder}/errors.log;\n` +
      `events { worker_connections 1024; }\nhttp { ${temp}\n${site}}\n`,
  );
  return path;
}

/** Runs the test with nginx in front of two processes that answer like this, or of none. */
function withNginx(
  answer: ((request: Request) => Promise<Response>) | undefined,
  run: (url: string, client: Deno.HttpClient) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const key = ["-keyout", `${folder}/privkey.pem`, "-out", `${folder}/fullchain.pem`];
    const made = await runCommand("openssl", [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"],
      ...[
        "-addext",
        "subjectAltName=DNS:localhost",
        "-addext",
        "basicConstraints=CA:FALSE",
        ...key,
      ],
    ]);
    assert(made.ok, made.stderr);
    const ports = freePorts(4);
    const config = await writeSite(folder, ports);
    const behind = ports.slice(2).flatMap((port) =>
      answer ? Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, answer) : []
    );
    const nginx = new Deno.Command("nginx", {
      args: ["-c", config, "-p", folder],
      stderr: "null",
    }).spawn();
    using client = Deno.createHttpClient({
      caCerts: [await Deno.readTextFile(`${folder}/fullchain.pem`)],
      // One connection for each request.
      http2: false,
    });
    try {
      const url = `https://localhost:${ports[1]}`;
      await waitUntilListening(ports[1]);
      await run(url, client);
    } finally {
      nginx.kill("SIGTERM");
      await nginx.status;
      await Promise.all(behind.map((server) => server.shutdown()));
    }
  });
}

async function waitUntilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      return (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  throw new Error(`nginx doesn't listen on port ${port}`);
}

/** How the service behind answers. */
async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  await request.body?.cancel();
  if (pathname === "/slow") await new Promise((done) => setTimeout(done, 1500));
  return Response.json({ title: "own" }, { status: pathname === "/own" ? 503 : 200 });
}

Deno.test({
  name: "nginx passes answers on, and its own errors are problem documents",
  ignore: !isInstalled,
  fn: () =>
    withNginx(answer, async (url, client) => {
      const body = new Uint8Array(3 << 20);
      const cases: [path: string, init: RequestInit, status: number, title: string][] = [
        ["/recommend/1", {}, 200, "own"],
        ["/own", {}, 503, "own"],
        ["/metrics", {}, 404, "Not Found"],
        ["/admin/reload", { method: "POST" }, 404, "Not Found"],
        ["/events", { method: "POST", body }, 413, "Content Too Large"],
        ["/slow", {}, 504, "Gateway Timeout"],
      ];
      for (const [path, init, status, title] of cases) {
        const response = await fetch(url + path, { ...init, client });
        const answer = await response.json();
        assertEquals([path, response.status, answer.title], [path, status, title]);
        if (title === "own") continue;
        assertEquals(response.headers.get("content-type"), "application/problem+json");
        assertEquals(answer.status, status);
        assertEquals(response.headers.get("retry-after"), status >= 500 ? "1" : null);
      }
    }),
});

Deno.test({
  name: "nginx answers 502 without a process behind it",
  ignore: !isInstalled,
  fn: () =>
    withNginx(undefined, async (url, client) => {
      const response = await fetch(`${url}/recommend/1`, { client });
      const { status, title } = await response.json();
      assertEquals([response.status, status, title], [502, 502, "Bad Gateway"]);
    }),
});

Deno.test({
  name: "nginx answers 429 to too many requests of one address at once",
  ignore: !isInstalled,
  fn: () =>
    withNginx(answer, async (url, client) => {
      const many = await Promise.all(
        Array.from({ length: 300 }, () => fetch(`${url}/slow`, { client })),
      );
      const refused = many.filter(({ status }) => status === 429);
      assert(refused.length > 0);
      const [first] = await Promise.all(refused.map((response) => response.json()));
      assertEquals([first.status, first.title], [429, "Too Many Requests"]);
      await Promise.all(many.map(({ body, bodyUsed }) => bodyUsed ? undefined : body?.cancel()));
    }),
});
