import { requireCommand } from "../../lib/run_command.ts";

/** Python packages that are measured together, in a virtual environment of their own. */
export interface PeerSet {
  /** The environment's folder, in the repository's root. */
  readonly folder: string;
  /** Pinned; the installed Python needs wheels for them, or a compiler. */
  readonly packages: readonly string[];
  /** One more, pinned, whose own requirements aren't installed. */
  readonly alone?: string;
}

/** Peers of cleaning. */
export const PANDAS: PeerSet = {
  folder: ".venv-peers",
  packages: ["numpy==2.4.6", "pandas==3.1.1", "pyarrow==26.0.1"],
};

/** Peers of training and ranking; scikit-surprise needs this old version of numpy. */
export const RECOMMENDERS: PeerSet = {
  folder: ".venv-peers-recommenders",
  packages: ["numpy==1.26.4", "scipy==1.17.1", "implicit==0.7.3", "scikit-surprise==1.1.4"],
};

/** Peers of the whole road from raw events to lists over HTTP. */
export const PYTHON_ROAD: PeerSet = {
  folder: ".venv-peers-month",
  packages: [
    ...["numpy==1.26.4", "scipy==1.17.1", "pandas==2.3.3", "implicit==0.7.3"],
    ...["scikit-surprise==1.1.4", "rectools==0.19.0", "flask==3.1.2"],
  ],
};

/** Peers of the model that reads sequences; PyTorch takes some gigabytes. */
export const TRANSFORMERS: PeerSet = {
  folder: ".venv-peers-transformers",
  packages: ["torch==2.15.0", "pytorch-lightning==2.6.6", "rectools==0.19.0"],
};

/** Peers of serving. */
export const FLASK: PeerSet = {
  folder: ".venv-peers-flask",
  packages: ["flask==3.1.2", "gunicorn==23.0.0", "numpy==2.4.6"],
};

/** Peers of off-policy evaluation. Of what it requires, PyTorch isn't used and is large. */
export const OPEN_BANDIT: PeerSet = {
  folder: ".venv-peers-open-bandit",
  packages: [
    ...["numpy==1.26.4", "pandas==1.5.3", "scipy==1.11.4", "scikit-learn==1.3.2"],
    ...["matplotlib==3.11.2", "seaborn==0.13.2", "pyyaml==6.0.4", "tqdm==4.70.1"],
    "mypy-extensions==1.2.0",
  ],
  alone: "obp==0.4.1",
};

/**
 * Creates a Python virtual environment with the peers' packages in the repository's root, unless it
 * exists.
 *
 * @returns The environment's Python.
 * @throws {InputError} If there is no Python or a package can't be installed.
 */
export async function setUpPeers({ folder, packages, alone }: PeerSet): Promise<string> {
  const path = new URL(`../../../${folder}/`, import.meta.url).pathname;
  const python = `${path}bin/python`;
  const all = alone === undefined ? packages : [...packages, alone];
  const pinned = all.join("\n") + "\n";
  const list = `${path}packages.txt`;
  if (await Deno.readTextFile(list).catch(() => "") === pinned) return python;
  await run("python3", ["-m", "venv", path]);
  // In order: some packages import earlier ones when they are built.
  for (const name of all) {
    const options = name === alone ? ["--no-deps"] : [];
    await run(python, ["-m", "pip", "install", "--quiet", ...options, name]);
  }
  await Deno.writeTextFile(`${path}.gitignore`, "*\n");
  await Deno.writeTextFile(list, pinned);
  return python;
}

async function run(program: string, args: readonly string[]): Promise<void> {
  await requireCommand("set up the peers", program, args);
}
