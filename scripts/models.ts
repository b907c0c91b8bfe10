/** `deno task models`: lists the artifacts, rolls back to one of them, removes old ones. */
import { Command, Option } from "commander";
import { describeVersions, pruneVersions, useVersion } from "../src/artifact/versions.ts";
import { algorithms } from "../src/models/mod.ts";
import { runTask, wholeNumber } from "./lib/cli.ts";
import { formatVersions } from "./lib/tables/versions_table.ts";

interface ModelsFlags {
  artifacts: string;
  use?: string;
  prune?: number;
}

async function run({ artifacts, use, prune }: ModelsFlags): Promise<void> {
  if (use !== undefined) {
    const { defaultModel } = await useVersion(artifacts, { version: use, algorithms });
    console.log(`${use} is current now and serves ${defaultModel}; restart a running server`);
  } else if (prune !== undefined) {
    const removed = await pruneVersions(artifacts, prune);
    console.log(removed.length > 0 ? `Removed ${removed.join(", ")}` : "Nothing to remove");
  } else {
    console.log(formatVersions(artifacts, await describeVersions(artifacts)));
  }
}

if (import.meta.main) {
  const command = new Command("deno task models")
    .description("Lists the artifacts with their figures and which of them is served")
    .option("--artifacts <dir>", "where artifacts are kept", "artifacts")
    .addOption(
      new Option("--use <version>", "serve this one: roll back, or forward again")
        .conflicts("prune"),
    )
    .option(
      "--prune <n>",
      "remove all but the last so many; the current one always stays",
      wholeNumber(1),
    )
    .action(run);
  await runTask(command);
}
