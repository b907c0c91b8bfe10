/** `deno task bench:svd`: how fast svd trains on MovieLens 100k, beside scikit-surprise. */
import { Command } from "commander";
import { runTask } from "../lib/cli.ts";
import { addPeersOption, addResultOptions, addRunsOption } from "./lib/bench_options.ts";
import { RECOMMENDERS } from "./lib/peers.ts";
import { compareSpeed, type SpeedFlags } from "./lib/speed/speed.ts";

if (import.meta.main) {
  const command = new Command("deno task bench:svd")
    .description(
      "Measures how fast svd trains on MovieLens 100k, each run in a process of its own",
    )
    .requiredOption("--data <dir>", "folder with u1.base, u1.test … u5.base, u5.test")
    .action((flags: SpeedFlags & { data: string }) => compareSpeed("svd", [flags.data], flags));
  addResultOptions(addPeersOption(addRunsOption(command), "scikit-surprise", RECOMMENDERS));
  await runTask(command);
}
