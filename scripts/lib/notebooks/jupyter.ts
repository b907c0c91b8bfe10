import { join } from "node:path";
import { InputError } from "../../../src/base/input_error.ts";
import { writeKernel } from "./jupyter_kernel.ts";
import { type CommandResult, runCommand } from "../run_command.ts";

/** A Jupyter that runs here, and how to call it so that it knows the project's kernel. */
export interface Jupyter {
  /** The program `jupyter`. */
  readonly program: string;
  /** To be added to the environment of every call. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a Jupyter must be able to do: run notebooks, or open them in a browser too. */
export type JupyterNeed = "nbconvert" | "lab";

/** What the local virtual environment gets where there is no Jupyter. */
const PINNED = ["jupyterlab==4.6.6", "nbclient==0.11.0", "nbconvert==7.17.2"];

/** The same for running notebooks, from Debian's and Ubuntu's packages. */
const DEBIAN = ["jupyter-nbconvert", "python3-nbclient", "jupyter-client"];

const VENV = ".venv";

/**
 * Finds a Jupyter, or sets one up: the one on PATH, else one in the folder `.venv`, which is made if need be, else
 * (only to run notebooks) Debian's packages. The project's kernel runs the Deno that runs this, and is kept in
 * `.venv` too, where it changes no other Jupyter's kernels.
 *
 * @param log Told what is being set up.
 * @throws {InputError} If none of these ways leads to a Jupyter; it says what each one said.
 */
export async function setUpJupyter(
  need: JupyterNeed,
  log: (line: string) => void,
): Promise<Jupyter> {
  const local = join(Deno.cwd(), VENV, ...venvProgram("jupyter"));
  const ways = [
    { program: "jupyter", tryIt: () => canDo("jupyter", need) },
    { program: local, tryIt: () => canDo(local, need) },
    { program: local, tryIt: () => makeVenv(local, need, log) },
    { program: "jupyter", tryIt: () => installPackages(need, log) },
  ];
  const failures: string[] = [];
  for (const { program, tryIt } of ways) {
    const { ok, output } = await tryIt();
    if (ok) return { program, env: await writeKernel(join(Deno.cwd(), VENV)) };
    failures.push(`- ${output.trim().split("\n").slice(-3).join("\n  ")}`);
  }
  throw new InputError(
    "Cannot run notebooks: they need Jupyter, and none could be set up; install Python 3 with venv and run " +
      `this again, or \`pip install ${PINNED.join(" ")}\`. What was tried said:\n${
        failures.join("\n")
      }`,
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
  log(`Setting up Jupyter in ${VENV} (${PINNED.join(", ")})`);
  const made = await runCommand("python3", ["-m", "venv", VENV]);
  if (!made.ok) return made;
  const python = join(VENV, ...venvProgram("python"));
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PINNED];
  const installed = await runCommand(python, pip);
  return installed.ok ? await canDo(local, need) : installed;
}

async function installPackages(
  need: JupyterNeed,
  log: (line: string) => void,
): Promise<CommandResult> {
  if (need === "lab") return { ok: false, output: "Debian has no package of JupyterLab" };
  const isRoot = Deno.build.os === "linux" && Deno.uid() === 0;
  const [program, ...before] = isRoot ? ["apt-get"] : ["sudo", "--non-interactive", "apt-get"];
  log(`Installing ${DEBIAN.join(", ")}`);
  const updated = await runCommand(program, [...before, "update"]);
  if (!updated.ok) return updated;
  const install = ["install", "--yes", "--no-install-recommends", ...DEBIAN];
  const installed = await runCommand(program, [...before, ...install]);
  return installed.ok ? await canDo("jupyter", need) : installed;
}

/** Where a virtual environment has its programs. */
function venvProgram(name: string): string[] {
  return Deno.build.os === "windows" ? ["Scripts", `${name}.exe`] : ["bin", name];
}
