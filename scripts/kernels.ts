/** `deno task kernels`: compiles the kernels from AssemblyScript to WebAssembly. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { COMPILED_FILES, compileKernels } from "./lib/compile_kernels.ts";

if (import.meta.main) {
  const command = new Command("deno task kernels")
    .description(
      "Compiles the kernels from AssemblyScript to WebAssembly; run it after changing them",
    )
    .action(async () => {
      for (const compiled of COMPILED_FILES) await compileKernels(compiled, compiled.file);
    });
  addWrittenFiles(command, {
    "src/linalg/kernels/kernels.wasm": "linear algebra",
    "src/events/read/csv/row_scanner.wasm": "reading of CSV",
  });
  await runTask(command);
}
