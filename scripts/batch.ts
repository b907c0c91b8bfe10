/** `deno task batch`: writes the lists of all users to a file. */
import { Command } from "commander";
import { addBatchOptions } from "./lib/batch/batch_options.ts";
import { type BatchFlags, runBatch } from "./lib/batch/run_batch.ts";
import { addWrittenFiles, runTask } from "./lib/cli.ts";
import { createReporter } from "./lib/reporter.ts";

async function batch({ quiet, ...flags }: BatchFlags & { quiet?: boolean }): Promise<void> {
  const { users, maker, found, seconds } = await runBatch(flags, createReporter({ quiet }));
  const whose = flags.segment === undefined ? "" : `those in segment ${flags.segment} of `;
  console.log(`Lists of ${whose}${users} users by ${maker}: ${flags.out}`);
  console.log(
    flags.store !== undefined
      ? "They include the events in the store up to the moment each was made"
      : "They are made from the artifact alone: --store adds the events collected since",
  );
  if (found === 0) console.log(`${Math.round(users / seconds)} users a second`);
}

if (import.meta.main) {
  const command = addBatchOptions(new Command("deno task batch"))
    .description("Writes the lists of all users to a file, as the service would answer them now")
    .option("--quiet", "print results only, no progress")
    .action(batch);
  addWrittenFiles(command, {
    "FILE": "the lists, best first",
    "FILE.parts/": "finished parts, until all are; a second run goes on after them",
  });
  await runTask(command);
}
