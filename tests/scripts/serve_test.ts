import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { runToEnd, saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

const program = ["scripts/serve.ts", "--port", "0"];

Deno.test("deno task serve prints its address and a request to paste that works", () =>
  withFolder(async (folder) => {
    await saveBlockArtifact(folder);
    await using server = await startServer([...program, "--artifacts", folder], {
      until: /Stop with/,
    });
    assertStringIncludes(server.output, "models popularity, svd (default)");
    const address = server.output.match(/^Try: curl '(\S+)'$/m)?.[1] ?? "";
    const { userId, strategy, items } = await (await fetch(address)).json();
    assertMatch(userId, /^user-\d+$/);
    assertEquals(strategy, "personalized");
    // Every user has seen six of the fifteen products.
    assertEquals(items.length, 9);
    assertEquals((await server.end("SIGINT")).code, 0);
  }));

Deno.test("deno task serve exits with 1 if there is no artifact", () =>
  withFolder(async (folder) => {
    const { code, stderr } = await runToEnd([...program, "--artifacts", folder]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "error: Cannot load an artifact: there is none");
  }));

Deno.test("deno task serve suggests the nearest option for an unknown one", async () => {
  const { code, stderr } = await runToEnd(["scripts/serve.ts", "--prot", "80"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "Did you mean --port?");
});
