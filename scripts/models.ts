/** `deno task models`: lists the artifacts, rolls back to an older one, removes old ones. */
import { historiesFromEnvironment } from "../src/service/settings_from_environment.ts";
import { Command, Option } from "commander";
import { describeVersions, pruneVersions, useVersion } from "../src/artifact/versions.ts";
import { algorithms } from "../src/models/mod.ts";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import { reloadService } from "./lib/reload_service.ts";
import { formatVersions } from "./lib/tables/versions_table.ts";

interface ModelsFlags {
  artifacts: string;
  use?: string;
  prune?: number;
  reload?: string;
}

async function run({ artifacts, use, prune, reload }: ModelsFlags): Promise<void> {
  if (use !== undefined) {
    const { defaultModel } = await useVersion(artifacts, {
      version: use,
      algorithms,
      histories: historiesFromEnvironment(),
    });
    console.log(`${use} is current now, its default model is ${defaultModel}`);
    console.log(
      reload === undefined
        ? "A running service serves it after a reload: repeat the command with --reload URL and " +
          "API_TOKENS, or send the process SIGHUP"
        : await reloadService(reload),
    );
  } else if (prune !== undefined) {
    const removed = await pruneVersions(artifacts, prune);
    console.log(removed.length > 0 ? `Removed ${removed.join(", ")}` : "Nothing to remove");
  } else {
    console.log(formatVersions(artifacts, await describeVersions(artifacts)));
  }
}

if (import.meta.main) {
  const command = new Command("deno task models")
    .description("Lists the artifacts with their figures and marks the current one")
    .option("--artifacts <dir>", "folder of the artifacts", "artifacts")
    .addOption(
      new Option("--use <version>", "make this artifact current: roll back, or forward again")
        .conflicts("prune"),
    )
    .option(
      "--reload <url>",
      "with --use, make the service at this address serve it, with a token from API_TOKENS",
    )
    .option(
      "--prune <n>",
      "remove all but the newest n artifacts; the current one always stays",
      wholeNumber(1),
    )
    .action(run);
  addWrittenFiles(command, {
    "artifacts/current": "the version to serve (--use)",
    "artifacts/VERSION": "removed (--prune)",
  });
  await runTask(command);
}
