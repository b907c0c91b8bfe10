import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../assert.ts";
import { runToEnd } from "../../running_server.ts";

const SMALL = ["--users", "210", "--items", "300", "--pairs", "2000"];

Deno.test("deno task soak fails where memory grows by more than it may", async () => {
  try {
    const { code, stdout, stderr } = await runToEnd([
      ...["scripts/bench/soak.ts", ...SMALL, "--minutes", "0.1", "--tolerance", "0.000001"],
    ]);
    assertStringIncludes(stdout, "mixed load");
    assertMatch(stderr, /\d+ s: \d+ MB after \d+ requests/);
    // By chance it may have shrunk.
    if (code === 0) return assert(/-0\.\d+/.test(stdout), stdout);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "error: Memory isn't flat");
  } finally {
    await Deno.remove("data/bench-shop-210x300x2000", { recursive: true });
  }
});
