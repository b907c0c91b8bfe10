import { requireCommand } from "./run_command.ts";

const COMPILER = "npm:assemblyscript@0.28.20/asc";

/** A WebAssembly file and its sources. */
export interface CompiledFile {
  /** Path of the WebAssembly file. */
  readonly file: string;
  /** Folder of the AssemblyScript sources. */
  readonly sources: URL;
  /** Compiler flags besides the common ones. */
  readonly flags: readonly string[];
}

const linalg = new URL("../../src/linalg/kernels/", import.meta.url);
const csv = new URL("../../src/events/read/csv/", import.meta.url);

/**
 * All compiled files: the linear algebra kernels, which use memory shared by workers, and the CSV
 * row scanner.
 */
export const COMPILED_FILES: readonly CompiledFile[] = [
  {
    file: new URL("kernels.wasm", linalg).pathname,
    sources: new URL("assembly/", linalg),
    flags: [
      ...["--enable", "simd,threads"],
      ...["--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
    ],
  },
  {
    file: new URL("row_scanner.wasm", csv).pathname,
    sources: new URL("assembly/", csv),
    flags: ["--enable", "simd"],
  },
];

/**
 * Compiles sources to WebAssembly; the result is the same on every run, byte for byte.
 *
 * @param to The file to write.
 * @throws {InputError} If the compiler reports an error; the message has its output.
 */
export async function compileKernels(
  { file, sources, flags }: CompiledFile,
  to: string,
): Promise<void> {
  const names = Array.from(Deno.readDirSync(sources), ({ name }) => name);
  await requireCommand(`compile ${file}`, Deno.execPath(), [
    // Without the project's configuration: the compiler isn't one of its dependencies.
    ...["run", "-A", "--no-config", "--no-lock", COMPILER],
    ...names.sort().map((name) => new URL(name, sources).pathname),
    ...["--outFile", to],
    ...["-O3", "--runtime", "stub", "--noAssert", "--importMemory"],
    ...flags,
  ]);
}
