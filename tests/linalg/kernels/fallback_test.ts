import { assertEquals } from "../../assert.ts";

/** What `results.ts` prints in a runtime of its own, and says in its log. */
async function resultsOf(flags: string[], args: string[] = []) {
  const program = new URL("./results.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...flags, program, ...args],
    env: { NO_COLOR: "1" },
  });
  const { success, stdout, stderr } = await command.output();
  const log = new TextDecoder().decode(stderr);
  assertEquals(success, true, log);
  return {
    results: JSON.parse(new TextDecoder().decode(stdout)),
    warnings: log.trimEnd().split("\n").filter((line) => line !== ""),
  };
}

const WITHOUT_KERNELS =
  "This runtime lacks WebAssembly with SIMD and threads: computing without it gives the same results, later";

Deno.test("a runtime without WebAssembly, its SIMD or Workers says so once and gives the same results", async () => {
  const [whole, withoutWebAssembly, withoutWorkers] = await Promise.all([
    resultsOf([]),
    resultsOf(["--v8-flags=--jitless"]),
    resultsOf([], ["--no-workers"]),
  ]);
  assertEquals(whole.warnings, []);
  assertEquals(withoutWebAssembly, { ...whole, warnings: [WITHOUT_KERNELS] });
  assertEquals(withoutWorkers, {
    ...whole,
    warnings: ["This runtime lacks Workers: one thread gives the same results, later"],
  });
});

Deno.test({
  name: "a processor without SIMD says so once and gives the same results",
  // The runtime needs SSE 4.1 for it on these processors, and can be told to do without.
  ignore: Deno.build.arch !== "x86_64",
  async fn() {
    const [whole, withoutSimd] = await Promise.all([
      resultsOf([]),
      resultsOf(["--v8-flags=--no-enable-sse4-1"]),
    ]);
    assertEquals(withoutSimd, { ...whole, warnings: [WITHOUT_KERNELS] });
  },
});
