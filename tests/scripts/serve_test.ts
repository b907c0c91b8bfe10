import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { runToEnd, saveBlockArtifact, startServer } from "../running_server.ts";
import { withFolder } from "../temp_folder.ts";

const program = ["scripts/serve.ts", "--port", "0"];

Deno.test("deno task serve names its address and a line to paste that is answered", () =>
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
    // Everybody has seen six of the fifteen products.
    assertEquals(items.length, 9);
    assertEquals((await server.end("SIGINT")).code, 0);
  }));

Deno.test("deno task serve ends with 1 where there is no artifact", () =>
  withFolder(async (folder) => {
    const { code, stderr } = await runToEnd([...program, "--artifacts", folder]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "error: Cannot load an artifact: there is none");
  }));

Deno.test("deno task serve names the nearest right option for one that it doesn't have", async () => {
  const { code, stderr } = await runToEnd(["scripts/serve.ts", "--prot", "80"]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "Did you mean --port?");
});
