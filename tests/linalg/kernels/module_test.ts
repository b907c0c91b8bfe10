import { assert, assertEquals, assertStringIncludes } from "../../assert.ts";

/** Runs `print_results.ts` in a runtime of its own. */
async function run(flags: string[], args: string[] = []) {
  const program = new URL("./print_results.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...flags, program, ...args],
    env: { NO_COLOR: "1" },
  });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { success, results: decoder.decode(stdout), log: decoder.decode(stderr) };
}

async function assertFailsClearly(flag: string): Promise<void> {
  const { success, results, log } = await run([flag]);
  assertEquals({ success, results }, { success: false, results: "" });
  assertStringIncludes(
    log,
    "InputError: Cannot run the compiled kernels: they need WebAssembly with SIMD and threads, " +
      "which this runtime lacks; use Deno 2 on a 64-bit ARM processor or an x86-64 one with SSE",
  );
}

Deno.test("a runtime without WebAssembly can't run the kernels", async () => {
  await assertFailsClearly("--v8-flags=--jitless");
});

Deno.test({
  name: "a processor without SIMD can't run the kernels",
  // V8 needs SSE 4.1 for SIMD on these processors, and can be made to ignore it.
  ignore: Deno.build.arch !== "x86_64",
  fn: () => assertFailsClearly("--v8-flags=--no-enable-sse4-1"),
});

Deno.test("a runtime without Workers logs that once and gives the same results", async () => {
  const [whole, withoutWorkers] = await Promise.all([run([]), run([], ["--no-workers"])]);
  assert(whole.success && whole.results.length > 0, whole.log);
  assertEquals(withoutWorkers, {
    ...whole,
    log: "This runtime lacks Workers: " +
      "computing on one thread, with the same results but more slowly\n",
  });
});
