/** The exact command of `deno task serve`, with its permissions. */
import { currentVersion, listVersions } from "../../src/artifact/current.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { denoCommand, saveBlockArtifact, waitUntilServing } from "../running_server.ts";
import { API_TOKEN, AUTHORIZED } from "../service/live_shop.ts";
import { withFolder } from "../temp_folder.ts";

const root = new URL("../../", import.meta.url);

Deno.test("deno task serve stores, recommends and shows its pages within its permissions", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    // The only folder that the task may write to.
    const data = `data/test-${crypto.randomUUID()}`;
    try {
      const task = ["task", "serve", "--port", "0", "--artifacts", folder];
      const env = { KV_PATH: `${data}/store.kv`, API_TOKENS: API_TOKEN };
      await using server = await waitUntilServing(denoCommand(task, { env }), {
        until: /Stop with/,
      });
      const event = { userId: "a new user", productId: "item-3", type: "cart" };
      const stored = await fetch(`${server.url}/events`, {
        method: "POST",
        headers: AUTHORIZED,
        body: JSON.stringify(event),
      });
      assertEquals([stored.status, (await stored.json()).accepted], [202, 1]);
      const list = await (await fetch(`${server.url}/recommend/a%20new%20user`)).json();
      assertEquals(list.strategy, "personalized");
      for (const path of ["/docs/swagger-ui-bundle.js", "/metrics", "/readyz"]) {
        const response = await fetch(server.url + path);
        assertEquals(response.status, 200, path);
        assert((await response.text()).length > 0);
      }
      assertEquals((await server.end("SIGTERM")).code, 0);
    } finally {
      await Deno.remove(new URL(data, root), { recursive: true });
    }
  }));

Deno.test("a page under deno task serve names the command that serves an older artifact", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const [older] = await listVersions(folder);
    await saveBlockArtifact(folder);
    const task = ["task", "serve", "--port", "0", "--artifacts", folder];
    const env = { KV_PATH: ":memory:", API_TOKENS: API_TOKEN };
    await using server = await waitUntilServing(denoCommand(task, { env }), {
      until: /Stop with/,
    });
    const headers = { cookie: `recommender_token=${API_TOKEN}`, "sec-fetch-site": "same-origin" };
    const page = await (await fetch(`${server.url}/pages/models`, { headers })).text();
    assertStringIncludes(page, `deno task models --artifacts ${folder} --use VERSION`);
    assertEquals(page.includes("Serve this"), false);
    const body = new URLSearchParams({ version: older });
    const request = { method: "POST", headers, body };
    const answer = await fetch(`${server.url}/pages/models/use`, request);
    assertEquals(answer.status, 403);
    assertStringIncludes(
      await answer.text(),
      "This process has no permission to write to the artifacts&#39; folder. Run " +
        `deno task models --artifacts ${folder} --use ${older} there, then reload.`,
    );
    assertEquals((await currentVersion(folder)) === older, false);
    assertEquals((await server.end("SIGTERM")).code, 0);
  }));

Deno.test("deno task serve says where the store may be if KV_PATH is elsewhere, and ends", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const task = ["task", "serve", "--port", "0", "--artifacts", folder];
    const command = denoCommand(task, { env: { KV_PATH: `${folder}/elsewhere/store.kv` } });
    const { code, stderr } = await command.output();
    const said = new TextDecoder().decode(stderr);
    assertEquals([code, said.includes("    at ")], [1, false]);
    assertStringIncludes(
      said,
      `error: Cannot open the store of events, ${folder}/elsewhere/store.kv: this program has no ` +
        "permission to write there. Set KV_PATH to a file in a folder that it may use " +
        '("deno task serve" may write to data only), or run it with --allow-write=',
    );
  }));

Deno.test("deno task serve may not run programs and may write to data only", async () => {
  const { tasks, permissions } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  assertEquals(
    tasks.serve.command,
    "MALLOC_MMAP_THRESHOLD_=32768 deno run -q -P=serve --no-prompt " +
      "--v8-flags=--no-allocation-site-pretenuring,--max-semi-space-size=2," +
      "--heap-growing-percent=50 scripts/serve.ts",
  );
  const { env: _, ...others } = permissions.serve;
  assertEquals(others, { net: true, read: true, write: ["data"] });
});

Deno.test("the systemd unit and the image set what deno task serve does of memory", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const settings: string[] = tasks.serve.command.match(/--v8-flags=\S+|\bMALLOC_\S+/g);
  assertEquals(settings.length, 2);
  for (const file of ["recommender@.service", "Dockerfile"]) {
    const text = await Deno.readTextFile(new URL(`scripts/ops/${file}`, root));
    assert(settings.every((setting) => text.includes(setting)), file);
  }
});
