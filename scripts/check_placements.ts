/** `deno task check-placements`: checks a file of placements against an artifact. */
import { Command } from "commander";
import { loadArtifact } from "../src/artifact/load.ts";
import { formatCounted } from "../src/base/format.ts";
import { algorithms } from "../src/models/mod.ts";
import { openStore } from "../src/service/open_store.ts";
import { knownNames } from "../src/service/placements/definition/known_names.ts";
import { readPlacements } from "../src/service/placements/definition/read_placements.ts";
import { STORE_OPTION, storeFlag } from "./lib/batch/store_flag.ts";
import { addWrittenFiles, runTask } from "./lib/cli.ts";

interface CheckFlags {
  placements: string;
  artifacts: string;
  version?: string;
  store?: string | true;
}

async function check({ placements: file, artifacts, version, store }: CheckFlags): Promise<void> {
  const artifact = await loadArtifact(artifacts, {
    ...{ algorithms, version },
    histories: { areNeeded: false },
  });
  using opened = store === undefined ? undefined : await openStore(storeFlag(store));
  const placements = await readPlacements(file, await knownNames(artifact, opened));
  const { names, segments } = placements;
  console.log(
    `${file}: ${formatCounted(names.length, "placement")} (${names.join(", ")}) and ` +
      `${formatCounted(segments.size, "segment")}, valid for artifact ${artifact.version}`,
  );
}

if (import.meta.main) {
  const command = new Command("deno task check-placements")
    .description("Checks a file of placements as the service does when it starts")
    .option("--placements <file>", "the file", Deno.env.get("PLACEMENTS") ?? "placements.json")
    .option("--artifacts <folder>", "folder of the artifacts", "artifacts")
    .option("--version <version>", "artifact; default the current one")
    .option(STORE_OPTION, "also know the store's products: that of STORE_URL or KV_PATH, or a file")
    .action(check);
  addWrittenFiles(command, { nothing: "it exits with 1 if the file is wrong" });
  await runTask(command);
}
