import { InputError } from "../../src/interactions/input_error.ts";
import { runCommand } from "./run_command.ts";

const COMPILER = "npm:assemblyscript@0.28.20/asc";

const folder = new URL("../../src/linalg/kernels/", import.meta.url);

/** Where the compiled kernels are kept, with the sources. */
export const KERNELS_FILE: string = new URL("kernels.wasm", folder).pathname;

/**
 * Compiles the kernels' sources, byte for byte the same each time.
 *
 * @param file Where to write them.
 * @throws {InputError} If the compiler finds a fault in them; says which.
 */
export async function compileKernels(file: string): Promise<void> {
  const sources = Array.from(Deno.readDirSync(new URL("assembly", folder)), ({ name }) => name);
  const { ok, output } = await runCommand(Deno.execPath(), [
    // On its own: whoever serves or trains needs no compiler.
    ...["run", "-A", "--no-config", "--no-lock", COMPILER],
    ...sources.sort().map((name) => new URL(`assembly/${name}`, folder).pathname),
    ...["--outFile", file],
    ...["-O3", "--runtime", "stub", "--noAssert"],
    ...["--enable", "simd,threads"],
    ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
  ]);
  if (!ok) throw new InputError(`Cannot compile the kernels: ${output.trim()}`);
}
