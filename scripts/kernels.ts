/** `deno task kernels`: compiles the kernels after a change of their sources. */
import { Command } from "commander";
import { runTask } from "./lib/cli.ts";
import { compileKernels, KERNELS_FILE } from "./lib/compile_kernels.ts";

if (import.meta.main) {
  const command = new Command("deno task kernels")
    .description("Compiles the kernels from AssemblyScript to WebAssembly")
    .action(() => compileKernels(KERNELS_FILE));
  await runTask(command);
}
