import { InputError } from "../../../src/interactions/input_error.ts";

const folder = new URL("../../../.venv-peers/", import.meta.url).pathname;
const python = `${folder}bin/python`;

/** The Python packages that peers are made of; the Python that is installed must have wheels for them. */
export const PEER_PACKAGES: readonly string[] = [
  "numpy==2.4.6",
  "pandas==3.1.1",
  "pyarrow==26.0.1",
];

/**
 * Makes a virtual environment of Python at the repository's root with the packages that peers need, unless it
 * is there.
 *
 * @returns The environment's Python.
 * @throws {InputError} If there is no Python or a package can't be installed.
 */
export async function setUpPeers(): Promise<string> {
  const wanted = PEER_PACKAGES.join("\n") + "\n";
  const list = `${folder}packages.txt`;
  if (await Deno.readTextFile(list).catch(() => "") === wanted) return python;
  await run("python3", ["-m", "venv", folder]);
  await run(python, ["-m", "pip", "install", "--quiet", ...PEER_PACKAGES]);
  await Deno.writeTextFile(`${folder}.gitignore`, "*\n");
  await Deno.writeTextFile(list, wanted);
  return python;
}

async function run(program: string, args: string[]): Promise<void> {
  const command = new Deno.Command(program, { args, stdout: "null", stderr: "piped" });
  const { success, stderr } = await command.output().catch((error) => ({
    success: false,
    stderr: new TextEncoder().encode(error.message),
  }));
  if (success) return;
  throw new InputError(
    `Cannot set up the peers: ${program} ${args.join(" ")} must work, it said:\n` +
      new TextDecoder().decode(stderr).trim(),
  );
}
