import { Command } from "commander";
import { wholeNumber } from "../../../lib/cli.ts";

/** A command with the options that every benchmark of speed has. */
export function speedCommand(name: string, description: string): Command {
  return new Command(`deno task bench:${name}`)
    .description(`${description}; each time in a process of its own`)
    .option("--runs <n>", "how many times to measure", wholeNumber(1, 100), 3)
    .option(
      "--with-peers",
      "measure peers too, in turns; they are installed in .venv-peers-recommenders",
    )
    .option("--json <file>", "also write the figures as JSON")
    .option("--quiet", "say nothing of the progress");
}
