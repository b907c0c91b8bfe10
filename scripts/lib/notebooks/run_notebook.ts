import { basename, join } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";
import type { Jupyter } from "./jupyter.ts";
import { KERNEL_NAME } from "./jupyter_kernel.ts";
import { runCommand } from "../run_command.ts";

/** Enough for every cell on a month of millions of events. */
const CELL_TIMEOUT_SECONDS = 1200;

/**
 * Runs all cells of a notebook in a new kernel and writes it with their outputs into a folder,
 * under the same name.
 *
 * @param path The notebook; its cells run in its folder.
 * @param options `into`: the folder to write to; the notebook's own folder replaces it. `env`:
 * added to the environment of the cells.
 * @throws {InputError} If a cell fails; the message has the cell and its error, and nothing is
 * written.
 */
export async function runNotebook(
  jupyter: Jupyter,
  path: string,
  { into, env }: { into: string; env?: Readonly<Record<string, string>> },
): Promise<void> {
  const { ok, stderr } = await runCommand(jupyter.program, [
    "nbconvert",
    "--to=notebook",
    "--execute",
    `--ExecutePreprocessor.kernel_name=${KERNEL_NAME}`,
    `--ExecutePreprocessor.timeout=${CELL_TIMEOUT_SECONDS}`,
    "--ExecutePreprocessor.record_timing=False",
    `--output-dir=${into}`,
    `--output=${basename(path)}`,
    path,
  ], { env: { ...jupyter.env, ...env } });
  if (!ok) throw new InputError(`Cannot run ${path}:\n${causeOf(stderr)}`);
  await dropVersions(join(into, basename(path)));
}

/** Removes the kernel's version, so that a run by another one doesn't change the notebook. */
async function dropVersions(path: string): Promise<void> {
  const notebook = JSON.parse(await Deno.readTextFile(path));
  delete notebook.metadata.language_info?.version;
  await Deno.writeTextFile(path, JSON.stringify(notebook, null, 1) + "\n");
}

/** The failed cell and its error, without Jupyter's own stack trace before them. */
function causeOf(stderr: string): string {
  const cause = stderr.split("CellExecutionError: ").at(-1) ?? stderr;
  return cause.trim().split("\n").slice(-40).join("\n");
}
