import { join } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";
import { runCommand } from "../run_command.ts";

/** A package on PyPI with a virtual environment of its own. */
export interface PythonPackage {
  /** The package, with its version. */
  readonly requirement: string;
  /** The folder of its virtual environment, in the project's. */
  readonly folder: string;
  /** What installing it costs, in words. */
  readonly size: string;
}

/**
 * Installs a package, unless it is there.
 *
 * @param log Receives a line before something is installed.
 * @returns The folder of its virtual environment.
 * @throws {InputError} If it can't be installed.
 */
export async function installPackage(
  { requirement, folder, size }: PythonPackage,
  log: (line: string) => void,
): Promise<string> {
  const path = new URL(`../../../${folder}`, import.meta.url).pathname;
  // Names what was installed completely.
  const marker = join(path, "installed.txt");
  if (await Deno.readTextFile(marker).catch(() => "") === requirement) return path;
  log(`Installing ${requirement} into ${folder}: ${size}`);
  const python = join(path, "bin", "python");
  const pip = ["-m", "pip", "install", "--progress-bar=off", "--disable-pip-version-check"];
  for (
    const [program, args] of [
      ["python3", ["-m", "venv", path]],
      [python, [...pip, requirement]],
    ] as const
  ) {
    const { ok, stderr } = await runCommand(program, args);
    if (ok) continue;
    throw new InputError(
      `Cannot install ${requirement}: ${stderr.trim().split("\n").slice(-3).join("\n")}\n` +
        "It needs Python 3.9 or later with venv, and access to PyPI",
    );
  }
  await Deno.writeTextFile(marker, requirement);
  return path;
}
