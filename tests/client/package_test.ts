/** The client as a package: for JSR, for npm in Node.js and Deno, and in a browser. */
import { requireCommand, runCommand } from "../../scripts/lib/run_command.ts";
import { API_VERSION } from "../../src/service/api/routes/docs/openapi.ts";
import { serveArtifact } from "../../src/service/serve.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { findChromium, startBrowser } from "../pages/browser.ts";
import { saveBlockArtifact } from "../running_server.ts";
import { API_TOKEN } from "../service/live_shop.ts";
import { withFolder } from "../temp_folder.ts";
import { CONFIG, installClient, PACKAGE } from "./packed_client.ts";

/** A shop's program, whose arguments are the service's address and a token. */
const PROGRAM = `
import { ApiError, ShopClient } from "${PACKAGE}";
const [url, token] = process.argv.slice(2);
const shop = new ShopClient({ url, token });
const { accepted } = await shop.sendEvents([
  { userId: "new", productId: "item-1", type: "cart" },
]);
const { strategy, items } = await shop.recommend("new", { k: 2 });
const refusal = await shop.recommend("new", { k: 5000 }).catch((error) => error);
const isRefused = refusal instanceof ApiError && refusal.problem.parameter === "k";
console.log(JSON.stringify({ accepted, strategy, count: items.length, isRefused }));
`;

const EXPECTED = { accepted: 1, strategy: "personalized", count: 2, isRefused: true };

const node = await runCommand("node", ["--version"]);
if (!node.ok) console.error("The client isn't tested in Node.js: there is no program node");
const chromium = await findChromium();

/** Runs a test with a service, and with the client installed beside a shop's program. */
function withInstalled(
  run: (shop: { folder: string; place: string; url: string }) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    await saveBlockArtifact(`${folder}/artifacts`);
    const serving = await serveArtifact(`${folder}/artifacts`, {
      host: "127.0.0.1",
      port: 0,
      store: { path: `${folder}/store.kv` },
      protection: { apiTokens: [API_TOKEN] },
      corsOrigins: ["*"],
    });
    try {
      await run({ folder, place: await installClient(folder), url: serving.url });
    } finally {
      await serving.stop();
    }
  });
}

Deno.test("the package can be published: its types need no inference, its files no import", () =>
  requireCommand("publish the client", Deno.execPath(), [
    ...["publish", "--dry-run", "--allow-dirty", "--quiet", "-c", CONFIG.pathname],
  ]).then(() => {}));

Deno.test("the package has JavaScript, types and a README, and needs no other package", () =>
  withInstalled(async ({ place }) => {
    const { name, version, type, types, dependencies, exports } = JSON.parse(
      await Deno.readTextFile(`${place}/package.json`),
    );
    const config = JSON.parse(await Deno.readTextFile(CONFIG));
    assertEquals([config.name, config.version], [PACKAGE, API_VERSION]);
    assertEquals([name, version], [PACKAGE, API_VERSION]);
    assertEquals({ type, types, dependencies }, {
      type: "module",
      types: "./mod.d.ts",
      dependencies: undefined,
    });
    assertEquals(exports["."].types, "./mod.d.ts");
    for (const file of ["mod.js", "mod.d.ts", "api_types.d.ts", "README.md"]) {
      assert((await Deno.stat(`${place}/${file}`)).size > 100, file);
    }
  }));

Deno.test({
  name: "a program in Node.js sends events and gets lists with the package",
  ignore: !node.ok,
  fn: () =>
    withInstalled(async ({ folder, url }) => {
      await Deno.writeTextFile(`${folder}/shop.js`, PROGRAM);
      const output = await requireCommand("run the program", "node", ["shop.js", url, API_TOKEN], {
        cwd: folder,
      });
      assertEquals(JSON.parse(output), EXPECTED);
    }),
});

Deno.test("a program in Deno does so, too, and its types are checked", () =>
  withInstalled(async ({ folder, url }) => {
    const typed = PROGRAM.replace("process.argv.slice(2)", "Deno.args")
      .replace("refusal.problem.", "refusal.problem?.");
    const run = async (program: string) => {
      await Deno.writeTextFile(`${folder}/shop.ts`, program);
      return await requireCommand("run the program", Deno.execPath(), [
        ...["run", "--check", "--quiet", "--allow-net", "--node-modules-dir=manual"],
        ...["shop.ts", url, API_TOKEN],
      ], { cwd: folder });
    };
    assertEquals(JSON.parse(await run(typed)), EXPECTED);
    const misspelled = typed.replace("k: 2", "size: 2");
    await assertRejects(() => run(misspelled), Error, "'size' does not exist");
  }));

Deno.test({
  name: "a page imports the package's files as they are and gets a list",
  ignore: chromium === undefined,
  fn: () =>
    withInstalled(async ({ place, url }) => {
      const files = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen() {} },
        async (request) => {
          const { pathname } = new URL(request.url);
          if (pathname === "/") {
            return new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
          }
          if (!pathname.endsWith(".js")) return new Response(null, { status: 404 });
          const text = await Deno.readTextFile(`${place}${pathname}`);
          return new Response(text, { headers: { "content-type": "text/javascript" } });
        },
      );
      const browser = await startBrowser(chromium!);
      try {
        const page = await browser.newPage();
        await page.goto(`http://127.0.0.1:${files.addr.port}/`);
        const ids = await page.evaluate(async (url) => {
          const { ShopClient } = await import(`${location.origin}/mod.js`);
          return await new ShopClient({ url }).recommendIds("user-3", { k: 3, not: ["item-1"] });
        }, url);
        assertEquals(ids.length, 3);
      } finally {
        await browser.close();
        await files.shutdown();
      }
    }),
});
