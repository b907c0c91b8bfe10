/** `deno task check-experiments`: checks a file of experiments against an artifact. */
import { Command } from "commander";
import { loadArtifact } from "../src/artifact/load.ts";
import { formatCounted } from "../src/base/format.ts";
import { algorithms } from "../src/models/mod.ts";
import { experimentNames } from "../src/service/experiments/experiment_names.ts";
import { readExperiments } from "../src/service/experiments/read_experiments.ts";
import { knownNames } from "../src/service/placements/definition/known_names.ts";
import { NO_PLACEMENTS } from "../src/service/placements/definition/placements.ts";
import { readPlacements } from "../src/service/placements/definition/read_placements.ts";
import { addWrittenFiles, runTask } from "./lib/cli.ts";

interface CheckFlags {
  experiments: string;
  placements?: string;
  artifacts: string;
  version?: string;
}

async function check(
  { experiments: file, placements: path, artifacts, version }: CheckFlags,
): Promise<void> {
  const artifact = await loadArtifact(artifacts, {
    ...{ algorithms, version },
    histories: { areNeeded: false },
  });
  const placements = path === undefined
    ? NO_PLACEMENTS
    : await readPlacements(path, await knownNames(artifact, undefined));
  const names = experimentNames([...artifact.models.keys()], placements);
  const { experiments } = await readExperiments(file, names);
  const all = Object.keys(experiments);
  console.log(
    `${file}: ${formatCounted(all.length, "experiment")} (${all.join(", ")}), valid for artifact ` +
      artifact.version,
  );
}

if (import.meta.main) {
  const command = new Command("deno task check-experiments")
    .description("Checks a file of experiments as the service does when it starts")
    .option("--experiments <file>", "the file", Deno.env.get("EXPERIMENTS") ?? "experiments.json")
    .option("--placements <file>", "the placements that it names", Deno.env.get("PLACEMENTS"))
    .option("--artifacts <folder>", "folder of the artifacts", "artifacts")
    .option("--version <version>", "artifact; default the current one")
    .action(check);
  addWrittenFiles(command, { nothing: "it exits with 1 if the file is wrong" });
  await runTask(command);
}
