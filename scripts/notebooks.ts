/** `deno task notebooks`: runs the notebooks in Jupyter, which is set up if needed. */
import { Command } from "commander";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { JUPYTER_FILES, setUpJupyter } from "./lib/notebooks/jupyter.ts";
import { eventsEnvironment, findNotebooks, NOTEBOOKS } from "./lib/notebooks/notebooks.ts";
import { writePictures } from "./lib/notebooks/pictures.ts";
import { createReporter } from "./lib/reporter.ts";
import { runNotebook } from "./lib/notebooks/run_notebook.ts";

/** The folder of the README's pictures. */
const PICTURES = "docs";

interface NotebooksFlags {
  events?: string;
  month?: string;
  out: string;
  quiet?: boolean;
}

async function run(names: string[], flags: NotebooksFlags): Promise<void> {
  const reporter = createReporter(flags);
  const notebooks = await findNotebooks(names);
  reporter.stage("Setting up Jupyter");
  const jupyter = await setUpJupyter("nbconvert", reporter.log);
  const env = eventsEnvironment(flags);
  await Deno.mkdir(flags.out, { recursive: true });
  for (const notebook of notebooks) {
    reporter.stage(`Running ${notebook}`);
    await runNotebook(jupyter, notebook, { into: flags.out, env });
  }
  reporter.finish();
  if (flags.out === NOTEBOOKS) {
    for (const picture of await writePictures(notebooks, PICTURES)) reporter.log(picture);
  }
}

if (import.meta.main) {
  const command = new Command("deno task notebooks")
    .description(
      "Runs the notebooks in Jupyter, which is set up if needed, and saves their outputs",
    )
    .argument("[names...]", "prefixes of the notebooks' names, for example 02 (default: all)")
    .option(
      "--events <file>",
      "the shop's events: a file or a pattern (default: $EVENTS or a simulated month)",
    )
    .option(
      "--month <month>",
      "month to work with, for example 2019-10 (default: the latest full one)",
    )
    .option("--out <dir>", "folder to write the notebooks to", NOTEBOOKS)
    .option("--quiet", "print results only, no progress")
    .action(run);
  addWrittenFiles(command, {
    "notebooks/*.ipynb": "the notebooks with their outputs",
    [`${PICTURES}/*.svg`]: "the README's pictures",
    ...JUPYTER_FILES,
  });
  await runTask(command);
}
