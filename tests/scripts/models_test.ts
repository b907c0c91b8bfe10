import { currentVersion } from "../../src/artifact/current.ts";
import { saveArtifact } from "../../src/artifact/save.ts";
import { popularity } from "../../src/models/popularity.ts";
import { tinyContents, tinyInteractions } from "../artifact/tiny_shop.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";
import { runToEnd, saveBlockArtifact, startServer } from "../running_server.ts";
import { API_TOKEN } from "../service/live_shop.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test("deno task models lists, rolls back and prunes, and refuses an unknown version", () =>
  withFolder(async (folder) => {
    const model = await popularity.fit(tinyInteractions());
    const save = async (created: string) => {
      const models = [{ name: "popularity", options: {}, model }];
      const changes = { models, defaultModel: "popularity", created: new Date(created) };
      return (await saveArtifact(folder, tinyContents(changes))).version;
    };
    const [older, newer] = [await save("2019-11-03"), await save("2019-11-04")];
    const models = (...args: string[]) =>
      runToEnd(["scripts/models.ts", "--artifacts", folder, ...args]);

    assertStringIncludes((await models()).stdout, older);
    assertStringIncludes((await models("--use", older)).stdout, `${older} is current now`);
    assertEquals(await currentVersion(folder), older);
    assertEquals((await models("--prune", "1")).stdout, "Nothing to remove\n");
    assertStringIncludes((await models("--use", newer)).stdout, `${newer} is current now`);
    assertEquals((await models("--prune", "1")).stdout, `Removed ${older}\n`);

    const gone = await models("--use", older);
    assertEquals([gone.code, gone.stdout], [1, ""]);
    assertStringIncludes(gone.stderr, `it must be one of those in ${folder}: ${newer}`);
  }));

Deno.test("deno task models --use --reload makes a running service serve the version", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const first = await currentVersion(folder);
    await saveBlockArtifact(folder);
    const second = await currentVersion(folder);
    const env = { API_TOKENS: API_TOKEN, KV_PATH: `${folder}/store.kv` };
    const server = await startServer(["scripts/serve.ts", "--artifacts", folder, "--port", "0"], {
      until: /Stop with/,
      env,
    });
    const use = ["scripts/models.ts", "--artifacts", folder, "--use", first!];
    assertStringIncludes((await runToEnd(use)).stdout, "with --reload URL");
    const { stdout, code } = await runToEnd([...use, "--reload", server.url], { env });
    assertEquals(code, 0);
    assertStringIncludes(stdout, `${server.url} serves ${first} now, before ${second}\n`);
    assertEquals((await (await fetch(`${server.url}/version`)).json()).version, first);
    const refused = await runToEnd([...use, "--reload", server.url]);
    assertEquals(refused.code, 1);
    assertStringIncludes(refused.stderr, `error: Cannot reload ${server.url}: `);
    await server.end("SIGTERM");
  }));
