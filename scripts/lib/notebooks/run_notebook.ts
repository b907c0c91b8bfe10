import { basename } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";
import type { Jupyter } from "./jupyter.ts";
import { KERNEL_NAME } from "./jupyter_kernel.ts";
import { runCommand } from "../run_command.ts";

/** No cell takes longer than this, not even on a month of millions of events. */
const CELL_TIMEOUT_SECONDS = 1200;

/**
 * Runs a notebook from its first cell to its last, in a kernel of its own, and writes it with what the cells
 * showed into a folder, under its own name.
 *
 * @param path The notebook; its cells run in the folder in which it is.
 * @param options `into`: the folder for the result; the notebook's own to replace it. `env`: to be added to the
 * environment in which the cells run.
 * @throws {InputError} If a cell fails; it shows the cell and its error. Nothing is written then.
 */
export async function runNotebook(
  jupyter: Jupyter,
  path: string,
  { into, env }: { into: string; env?: Readonly<Record<string, string>> },
): Promise<void> {
  const { ok, output } = await runCommand(jupyter.program, [
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
  if (!ok) throw new InputError(`Cannot run ${path}:\n${causeOf(output)}`);
}

/** The failed cell and its error, without the trace of Jupyter's own that stands before them. */
function causeOf(output: string): string {
  const cause = output.split("CellExecutionError: ").at(-1) ?? output;
  return cause.trim().split("\n").slice(-40).join("\n");
}
