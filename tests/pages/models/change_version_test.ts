import { listVersions, setCurrentVersion } from "../../../src/artifact/current.ts";
import { loadArtifact } from "../../../src/artifact/load.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { createPages } from "../../../src/pages/mod.ts";
import { Reloading } from "../../../src/service/reloading.ts";
import { assertEquals, assertStringIncludes } from "../../assert.ts";
import { saveBlockArtifact } from "../../running_server.ts";
import { API_TOKEN, protectedBy } from "../../service/live_shop.ts";
import { withFolder } from "../../temp_folder.ts";

/** A service of the later of two artifacts, and ways to send it forms. */
async function withTwoVersions(
  run: (shop: {
    folder: string;
    older: string;
    newer: string;
    served: () => string;
    submit: (place: string, fields?: Record<string, string>, token?: string) => Promise<Response>;
  }) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    const [older] = await listVersions(folder);
    await saveBlockArtifact(folder);
    const newer = (await listVersions(folder)).find((version) => version !== older)!;
    const load = () => loadArtifact(folder, { algorithms });
    const reloading = new Reloading(await load(), {
      load,
      protection: protectedBy(),
      pages: createPages({ host: "127.0.0.1", source: folder, mode: "on" }),
    });
    await run({
      ...{ folder, older, newer, served: () => reloading.artifact.version },
      submit: async (place, fields = {}, token = API_TOKEN) =>
        await reloading.handle(
          new Request(`http://localhost/pages/${place}`, {
            method: "POST",
            body: new URLSearchParams(fields),
            headers: { "sec-fetch-site": "same-origin", cookie: `recommender_token=${token}` },
          }),
        ),
    });
  });
}

Deno.test("an older artifact is served again, and stays the current one", () =>
  withTwoVersions(async ({ folder, older, newer, served, submit }) => {
    assertEquals(served(), newer);
    const answer = await submit("models/use", { version: older });
    assertEquals([answer.status, answer.headers.get("location")], [303, "../models"]);
    assertEquals(served(), older);
    assertEquals((await loadArtifact(folder, { algorithms })).version, older);
  }));

Deno.test("reloading serves the artifact that is current then", () =>
  withTwoVersions(async ({ folder, older, served, submit }) => {
    await setCurrentVersion(folder, older);
    assertEquals((await submit("models/reload")).status, 303);
    assertEquals(served(), older);
  }));

Deno.test("without a valid token nothing changes", () =>
  withTwoVersions(async ({ older, newer, served, submit }) => {
    const answer = await submit("models/use", { version: older }, "another-token-entirely");
    assertEquals(answer.status, 401);
    await answer.body?.cancel();
    assertEquals(served(), newer);
  }));

Deno.test("a version that isn't there is refused by name, and nothing changes", () =>
  withTwoVersions(async ({ newer, served, submit }) => {
    const answer = await submit("models/use", { version: "../elsewhere" });
    assertEquals(answer.status, 409);
    assertStringIncludes(await answer.text(), "Cannot load artifact ../elsewhere");
    assertEquals(served(), newer);
  }));
