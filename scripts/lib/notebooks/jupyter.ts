import { join } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";
import { writeKernel } from "./jupyter_kernel.ts";
import type { WrittenFiles } from "../cli.ts";
import { type CommandResult, runCommand } from "../run_command.ts";
import { pipProgress } from "./pip_progress.ts";

/** An installed Jupyter, and the environment in which it finds the project's kernel. */
export interface Jupyter {
  /** The program `jupyter`. */
  readonly program: string;
  /** Added to the environment of every call. */
  readonly env: Readonly<Record<string, string>>;
}

/** What Jupyter is needed for: running notebooks, or opening them in the browser. */
export type JupyterNeed = "nbconvert" | "lab";

/** Packages for the local virtual environment. */
const PINNED = ["jupyterlab==4.6.6", "nbclient==0.11.0", "nbconvert==7.17.2"];

/** Packages of Debian and Ubuntu that can run notebooks. */
const DEBIAN = ["jupyter-nbconvert", "python3-nbclient", "jupyter-client"];

const VENV = ".venv";

/** What setting up Jupyter writes, for the commands' help. */
export const JUPYTER_FILES: WrittenFiles = {
  [VENV]: "Jupyter, unless it is installed, and its Deno kernel",
};

/**
 * Finds Jupyter or sets it up: the one on PATH, else one in the folder `.venv`, which is created if
 * needed, else (only for running notebooks) Debian's packages. The project's kernel runs the Deno
 * of this process; it is registered in `.venv` too, so that it doesn't appear in other Jupyters.
 *
 * @param log Receives a line about each setup.
 * @throws {InputError} If all of these fail; the message has the output of each.
 */
export async function setUpJupyter(
  need: JupyterNeed,
  log: (line: string) => void,
): Promise<Jupyter> {
  const local = join(Deno.cwd(), VENV, ...venvProgram("jupyter"));
  const attempts = [
    { program: "jupyter", run: () => canDo("jupyter", need) },
    { program: local, run: () => canDo(local, need) },
    { program: local, run: () => makeVenv(local, need, log) },
    { program: "jupyter", run: () => installPackages(need, log) },
  ];
  const failures: string[] = [];
  for (const { program, run } of attempts) {
    const { ok, stderr } = await run();
    if (ok) return { program, env: await writeKernel(join(Deno.cwd(), VENV)) };
    failures.push(`- ${stderr.trim().split("\n").slice(-3).join("\n  ")}`);
  }
  throw new InputError(
    "Cannot run notebooks: Jupyter isn't installed and couldn't be set up; install Python 3 with " +
      `venv and try again, or run \`pip install ${
        PINNED.join(" ")
      }\`. The attempts failed with:\n` +
      failures.join("\n"),
  );
}

function canDo(program: string, need: JupyterNeed): Promise<CommandResult> {
  return runCommand(program, [need, "--version"]);
}

async function makeVenv(
  local: string,
  need: JupyterNeed,
  log: (line: string) => void,
): Promise<CommandResult> {
  log(
    `Installing ${
      PINNED.join(", ")
    } and what they need into ${VENV}: about 90 packages, 50 MB to ` +
      "download, 250 MB on disk",
  );
  const made = await runCommand("python3", ["-m", "venv", VENV]);
  if (!made.ok) return made;
  const python = join(VENV, ...venvProgram("python"));
  const pip = ["-m", "pip", "install", "--progress-bar=off", "--disable-pip-version-check"];
  const installed = await runCommand(python, [...pip, ...PINNED], { onLine: pipProgress(log) });
  return installed.ok ? await canDo(local, need) : installed;
}

async function installPackages(
  need: JupyterNeed,
  log: (line: string) => void,
): Promise<CommandResult> {
  if (need === "lab") {
    return { ok: false, code: 1, stdout: "", stderr: "Debian has no JupyterLab package" };
  }
  const isRoot = Deno.build.os === "linux" && Deno.uid() === 0;
  const [program, ...before] = isRoot ? ["apt-get"] : ["sudo", "--non-interactive", "apt-get"];
  log(`Installing ${DEBIAN.join(", ")}`);
  const updated = await runCommand(program, [...before, "update"]);
  if (!updated.ok) return updated;
  const install = ["install", "--yes", "--no-install-recommends", ...DEBIAN];
  const installed = await runCommand(program, [...before, ...install]);
  return installed.ok ? await canDo("jupyter", need) : installed;
}

/** A program's path within a virtual environment. */
function venvProgram(name: string): string[] {
  return Deno.build.os === "windows" ? ["Scripts", `${name}.exe`] : ["bin", name];
}
