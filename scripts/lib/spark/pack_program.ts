import { join } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";
import { EXECUTOR_FILES } from "../../../src/spark/lists/lists_query.ts";
import { runCommand } from "../run_command.ts";

const PROGRAM = new URL("../../../src/batch/make_lists_on_executor.ts", import.meta.url).pathname;
const KERNELS = new URL("../../../src/linalg/kernels/kernels.wasm", import.meta.url).pathname;

/**
 * Writes the files that executors need to make lists, for `--files` at a server's start: the
 * program in one file, and its kernels. Deno's own program is the third.
 *
 * @returns Their paths.
 * @throws {InputError} If the program can't be bundled.
 */
export async function packProgram(folder: string): Promise<readonly string[]> {
  await Deno.mkdir(folder, { recursive: true });
  const program = join(folder, EXECUTOR_FILES.program);
  const { ok, stderr } = await runCommand(
    Deno.execPath(),
    ["bundle", "-q", "--minify", "-o", program, PROGRAM],
  );
  if (!ok) throw new InputError(`Cannot bundle the program for executors: ${stderr.trim()}`);
  const kernels = join(folder, EXECUTOR_FILES.kernels);
  await Deno.copyFile(KERNELS, kernels);
  return [program, kernels, Deno.execPath()];
}
