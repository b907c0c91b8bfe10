/** `deno task bench:svd`: how fast svd learns MovieLens 100k, beside scikit-surprise. */
import { runTask } from "../lib/cli.ts";
import { compareSpeed, type SpeedFlags } from "./lib/speed/speed.ts";
import { speedCommand } from "./lib/speed/speed_options.ts";

if (import.meta.main) {
  const command = speedCommand("svd", "Measures how fast svd learns the folds of MovieLens 100k")
    .requiredOption("--data <dir>", "folder with u1.base, u1.test … u5.base, u5.test")
    .action((flags: SpeedFlags & { data: string }) => compareSpeed("svd", [flags.data], flags));
  await runTask(command);
}
