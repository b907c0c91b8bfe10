/** `deno task kernels`: compiles the kernels after a change of their sources. */
import { Command } from "commander";
import { runTask } from "./lib/cli.ts";
import { COMPILED_FILES, compileKernels } from "./lib/compile_kernels.ts";

if (import.meta.main) {
  const command = new Command("deno task kernels")
    .description("Compiles the kernels from AssemblyScript to WebAssembly")
    .action(async () => {
      for (const compiled of COMPILED_FILES) await compileKernels(compiled);
    });
  await runTask(command);
}
