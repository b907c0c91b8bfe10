import { loadArtifact } from "../../src/artifact/load.ts";
import { algorithms } from "../../src/models/mod.ts";
import { serveArtifact } from "../../src/service/serve.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { rangeServer } from "../histories/range_server.ts";
import { saveBlockArtifact } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";
import { capturedErrors } from "./captured_errors.ts";
import { API_TOKEN, AUTHORIZED } from "./live_shop.ts";

Deno.test("a service starts without histories elsewhere, and uses them once they answer", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder, { histories: "apart" });
    await using server = rangeServer(`${folder}/histories`);
    server.answer = () => new Response("busy", { status: 503 });
    const logged = await capturedErrors(async () => {
      const serving = await serveArtifact(folder, {
        ...{ host: "127.0.0.1", port: 0, store: { path: ":memory:" } },
        histories: { place: server.url },
        protection: { apiTokens: [API_TOKEN] },
      });
      const get = async (path: string) => await (await fetch(`${serving.url}${path}`)).json();
      assertEquals((await get("/recommend/user-1")).histories, "unavailable");
      assertEquals((await get("/readyz")).status, "degraded");
      server.answer = undefined;
      assertEquals((await get("/readyz")).status, "ready");
      assertEquals((await get("/recommend/user-1")).strategy, "personalized");

      // A version whose histories aren't there doesn't take over.
      await saveBlockArtifact(folder, { histories: "apart", later: true });
      const { version } = await loadArtifact(folder, { algorithms });
      server.answer = () => new Response("not copied yet", { status: 404 });
      const reload = async () =>
        await (await fetch(`${serving.url}/admin/reload`, { method: "POST", headers: AUTHORIZED }))
          .json();
      const refused = await reload();
      assertStringIncludes(JSON.stringify(refused), "Cannot read the histories");
      assert(serving.artifact.version !== version);
      server.answer = undefined;
      assertEquals((await reload()).version, version);
      await serving.stop();
    });
    assertStringIncludes(
      String(logged[0]),
      "lists are made from the store alone until they can be read",
    );
  }));
