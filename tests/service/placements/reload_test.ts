import { InputError } from "../../../src/base/input_error.ts";
import { serveArtifact } from "../../../src/service/serve.ts";
import { assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";
import { saveBlockArtifact } from "../../running_server.ts";
import { withFolder } from "../../temp_folder.ts";
import { API_TOKEN, AUTHORIZED } from "../live_shop.ts";

/** A file with one placement of this strategy. */
function writeFile(path: string, name: string, strategy: string): Promise<void> {
  return Deno.writeTextFile(path, JSON.stringify({ placements: { [name]: { strategy } } }));
}

Deno.test("a wrong file refuses the start, and a reload, which leaves the old one served", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const placements = `${folder}/placements.json`;
    const options = {
      ...{ host: "127.0.0.1", port: 0, placements },
      store: { path: ":memory:" },
      protection: { apiTokens: [API_TOKEN] },
    };
    await writeFile(placements, "home", "personel");
    await assertRejects(() => serveArtifact(folder, options), InputError, "one of personal,");

    await writeFile(placements, "home", "personal");
    const serving = await serveArtifact(folder, options);
    const names = async () => (await (await fetch(`${serving.url}/placements`)).json()).placements;
    const reload = async () => {
      const sent = { method: "POST", headers: AUTHORIZED };
      const response = await fetch(`${serving.url}/admin/reload`, sent);
      return { status: response.status, body: await response.json() };
    };
    try {
      await writeFile(placements, "home", "personel");
      const { status, body } = await reload();
      assertEquals(status, 409);
      assertStringIncludes(body.detail, '"placements.home.strategy" must be one of personal');
      assertEquals(await names(), ["home"]);
      // The same artifact with other placements is served anew.
      await writeFile(placements, "front", "popular");
      assertEquals((await reload()).status, 200);
      assertEquals(await names(), ["front"]);
    } finally {
      await serving.stop();
    }
  }));
