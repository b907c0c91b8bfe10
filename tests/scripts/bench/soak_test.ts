import { FORMAT_VERSION } from "../../../src/artifact/manifest.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";

const SMALL = ["--users", "210", "--items", "300", "--pairs", "2000"];

Deno.test("deno task soak fails if memory grows by more than the tolerance", async () => {
  try {
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/bench/soak.ts", ...SMALL, "--minutes", "0.1", "--tolerance", "0.000001"],
    ]);
    assertStringIncludes(stdout, "mixed load");
    assertMatch(stderr, /\d+ s: \d+ MB after \d+ requests/);
    // Memory may shrink by chance.
    if (code === 0) return assert(/-0\.\d+/.test(stdout), stdout);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "error: Memory isn't flat");
  } finally {
    await Deno.remove(`data/bench-shop-${FORMAT_VERSION}-210x300x2000`, { recursive: true });
  }
});
