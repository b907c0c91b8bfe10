/** `deno task bench:models`: how fast models train and rank on a large synthetic shop. */
import { Argument, Command } from "commander";
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
  const folder = await Deno.makeTempDir();
  try {
    await writeMatrix(syntheticMatrix(flags), folder);
    await compareSpeed(workload, [folder, String(flags.items)], flags);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
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
