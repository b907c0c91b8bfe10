/** `deno task notebooks`: runs the notebooks in Jupyter, which it sets up if need be. */
import { resolve } from "node:path";
import { Command } from "commander";
import { runTask } from "./lib/cli.ts";
import { setUpJupyter } from "./lib/notebooks/jupyter.ts";
import { findNotebooks, NOTEBOOKS } from "./lib/notebooks/notebooks.ts";
import { writePictures } from "./lib/notebooks/pictures.ts";
import { createReporter } from "./lib/reporter.ts";
import { runNotebook } from "./lib/notebooks/run_notebook.ts";

/** Where the README's pictures are. */
const PICTURES = "docs";

interface NotebooksFlags {
  events?: string;
  out: string;
  quiet?: boolean;
}

async function run(names: string[], flags: NotebooksFlags): Promise<void> {
  const reporter = createReporter(flags);
  const notebooks = await findNotebooks(names);
  reporter.stage("Looking for Jupyter");
  const jupyter = await setUpJupyter("nbconvert", reporter.log);
  const env = flags.events ? { EVENTS: resolve(flags.events) } : undefined;
  await Deno.mkdir(flags.out, { recursive: true });
  for (const notebook of notebooks) {
    reporter.stage(notebook);
    await runNotebook(jupyter, notebook, { into: flags.out, env });
  }
  reporter.finish();
  if (flags.out === NOTEBOOKS) {
    for (const picture of await writePictures(notebooks, PICTURES)) reporter.log(picture);
  }
}

if (import.meta.main) {
  const command = new Command("deno task notebooks")
    .description("Runs the notebooks from their first cell to their last and keeps what they show")
    .argument("[names...]", "which ones, by the beginnings of their names, as 02 (default: all)")
    .option(
      "--events <file>",
      "the shop's events, a file or a pattern like 'data/*.csv' (default: $EVENTS, else a simulated month)",
    )
    .option("--out <dir>", "where the notebooks are written when they have run", NOTEBOOKS)
    .option("--quiet", "no progress")
    .action(run);
  await runTask(command);
}
