/** `deno task kernels`: compiles the kernels from AssemblyScript to WebAssembly. */
import { Command } from "commander";
import { runTask } from "./lib/cli.ts";
import { COMPILED_FILES, compileKernels } from "./lib/compile_kernels.ts";

if (import.meta.main) {
  const command = new Command("deno task kernels")
    .description(
      "Compiles the kernels from AssemblyScript to WebAssembly; run it after changing them",
    )
    .action(async () => {
      for (const compiled of COMPILED_FILES) await compileKernels(compiled, compiled.file);
    });
  await runTask(command);
}
