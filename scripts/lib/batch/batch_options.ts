import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { wholeNumber } from "../cli.ts";
import { STORE_OPTION } from "./store_flag.ts";

/** Adds the options of a batch; they are parsed into {@linkcode BatchFlags}. */
export function addBatchOptions(command: Command): Command {
  return command
    .requiredOption("--out <file>", "file to write: .ndjson, .csv or .parquet")
    .option("--artifacts <folder>", "folder of the artifacts", "artifacts")
    .option("--version <version>", "artifact; default the current one")
    .option("--query <query>", "options of GET /recommend/:userId, such as k=20", "")
    .option("--users <file>", "only these users, one id per line; default all")
    .option(
      STORE_OPTION,
      "also use the store's events: that of STORE_URL or KV_PATH, or a file or URL without password",
    )
    .option("--placement <name>", "the placement that makes the lists; --query narrows it")
    .option("--segment <name>", "only users in this segment")
    .option(
      "--placements <file>",
      "the file that has them",
      Deno.env.get("PLACEMENTS") ?? "placements.json",
    )
    .option("--workers <n>", "processor cores to use", wholeNumber(1, 64), availableParallelism());
}
