import { InputError } from "../../src/base/input_error.ts";
import { runCommand } from "./run_command.ts";

const COMPILER = "npm:assemblyscript@0.28.20/asc";

/** A compiled file and what it is made of. */
export interface CompiledFile {
  /** Where it is kept. */
  readonly file: string;
  /** The folder of its sources. */
  readonly sources: URL;
  /** What the compiler is told besides. */
  readonly flags: readonly string[];
}

const linalg = new URL("../../src/linalg/kernels/", import.meta.url);
const csv = new URL("../../src/events/read/csv/", import.meta.url);

/** All compiled files: the kernels of linear algebra, on memory that Workers share, and the scanner of CSV rows. */
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
 * Compiles sources, byte for byte the same each time.
 *
 * @param to Where to write them; default where they are kept.
 * @throws {InputError} If the compiler finds a fault in them; says which.
 */
export async function compileKernels(
  { file, sources, flags }: CompiledFile,
  to: string = file,
): Promise<void> {
  const names = Array.from(Deno.readDirSync(sources), ({ name }) => name);
  const { ok, output } = await runCommand(Deno.execPath(), [
    // On its own: whoever serves or trains needs no compiler.
    ...["run", "-A", "--no-config", "--no-lock", COMPILER],
    ...names.sort().map((name) => new URL(name, sources).pathname),
    ...["--outFile", to],
    ...["-O3", "--runtime", "stub", "--noAssert", "--importMemory"],
    ...flags,
  ]);
  if (!ok) throw new InputError(`Cannot compile ${file}: ${output.trim()}`);
}
