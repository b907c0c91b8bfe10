import { InputError } from "../../../src/base/input_error.ts";

/** Python packages that are measured together, in an environment of their own. */
export interface PeerSet {
  /** The environment's folder, at the repository's root. */
  readonly folder: string;
  /** Pinned; the Python that is installed must have wheels for them, or a compiler. */
  readonly packages: readonly string[];
}

/** What cleaning is measured beside. */
export const PANDAS: PeerSet = {
  folder: ".venv-peers",
  packages: ["numpy==2.4.6", "pandas==3.1.1", "pyarrow==26.0.1"],
};

/** What training and ranking are measured beside; scikit-surprise doesn't know newer versions of numpy. */
export const RECOMMENDERS: PeerSet = {
  folder: ".venv-peers-recommenders",
  packages: ["numpy==1.26.4", "scipy==1.17.1", "implicit==0.7.3", "scikit-surprise==1.1.4"],
};

/** What serving is measured beside. */
export const FLASK: PeerSet = {
  folder: ".venv-peers-flask",
  packages: ["flask==3.1.2", "gunicorn==23.0.0", "numpy==2.4.6"],
};

/**
 * Makes a virtual environment of Python at the repository's root with the packages that peers need, unless it
 * is there.
 *
 * @returns The environment's Python.
 * @throws {InputError} If there is no Python or a package can't be installed.
 */
export async function setUpPeers({ folder, packages }: PeerSet): Promise<string> {
  const path = new URL(`../../../${folder}/`, import.meta.url).pathname;
  const python = `${path}bin/python`;
  const wanted = packages.join("\n") + "\n";
  const list = `${path}packages.txt`;
  if (await Deno.readTextFile(list).catch(() => "") === wanted) return python;
  await run("python3", ["-m", "venv", path]);
  // One after another: some look for those before them when they are built.
  for (const name of packages) await run(python, ["-m", "pip", "install", "--quiet", name]);
  await Deno.writeTextFile(`${path}.gitignore`, "*\n");
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
