import { saveArtifact } from "../../src/artifact/save.ts";
import { sleep } from "../../src/base/time.ts";
import type { ShopInteractions } from "../../src/interactions/interactions.ts";
import { popularity } from "../../src/models/popularity.ts";
import { assertEquals } from "../assert.ts";
import { blockInteractions } from "../models/block_data.ts";
import { saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

Deno.test({
  name: "SIGHUP makes the server load the artifact that is current then",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      await saveBlockArtifact(folder);
      const env = { ARTIFACTS_DIR: folder, HOST: "127.0.0.1", PORT: "0" };
      await using server = await startServer(["src/main.ts"], { env });
      const version = async () => (await (await fetch(`${server.url}/version`)).json()).version;
      const first = await version();

      const interactions = blockInteractions() as ShopInteractions;
      const saved = await saveArtifact(folder, {
        interactions,
        models: [{ name: "popularity", options: {}, model: await popularity.fit(interactions) }],
        defaultModel: "popularity",
        facts: { sources: ["the same"] },
      });
      assertEquals(await version(), first);
      server.signal("SIGHUP");
      while (await version() === first) await sleep(5);
      assertEquals(await version(), saved.version);
      assertEquals((await server.end("SIGTERM")).code, 0);
    }),
});
