/** `deno task bench:models`: how fast models train and rank on a large synthetic shop. */
import { Argument, Command } from "commander";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { runTask } from "../lib/cli.ts";
import {
  addPeersOption,
  addResultOptions,
  addRunsOption,
  addShopOptions,
} from "./lib/bench_options.ts";
import { RECOMMENDERS } from "./lib/peers.ts";
import { RANK, SHOP_WORKLOADS, type ShopWorkload } from "./lib/speed/shop_workloads.ts";
import { compareSpeed, type SpeedFlags } from "./lib/speed/speed.ts";
import {
  SHOP_SIZE,
  syntheticMatrix,
  type SyntheticSize,
  writeMatrix,
} from "./lib/synthetic_matrix.ts";

async function run(workload: ShopWorkload, flags: SpeedFlags & SyntheticSize): Promise<void> {
  using folder = new TempFolder();
  await writeMatrix(syntheticMatrix(flags), folder.path);
  await compareSpeed(workload, [folder.path, String(flags.items)], flags);
}

/** A line for each workload, below the options. */
function describeWorkloads(): string {
  const lines = Object.entries(SHOP_WORKLOADS).map(([name, text]) => `  ${name.padEnd(10)}${text}`);
  return ["", "Workloads:", ...lines].join("\n");
}

if (import.meta.main) {
  const command = new Command("deno task bench:models")
    .description("Measures how fast models train and rank, each run in a process of its own")
    .addArgument(
      new Argument("<workload>", "what to measure").choices(Object.keys(SHOP_WORKLOADS)),
    )
    .addHelpText("after", describeWorkloads());
  addPeersOption(addRunsOption(command), "implicit or SciPy", RECOMMENDERS);
  addShopOptions(command, { size: SHOP_SIZE, least: RANK });
  await runTask(addResultOptions(command).action(run));
}
