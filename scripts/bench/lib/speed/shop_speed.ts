import type { Command } from "commander";
import { TempFolder } from "../../../../src/base/temp_folder.ts";
import { wholeNumber } from "../../../lib/cli.ts";
import { compareSpeed, type SpeedFlags } from "./speed.ts";
import { SHOP_SIZE, syntheticMatrix, type SyntheticSize, writeMatrix } from "./synthetic_matrix.ts";

/** Gives a command what it takes to measure a benchmark on a made-up shop. */
export function measureShop(command: Command, bench: string): Command {
  return command
    .option("--users <n>", "users of the shop", wholeNumber(1), SHOP_SIZE.users)
    .option("--items <n>", "items of the shop", wholeNumber(1), SHOP_SIZE.items)
    .option("--pairs <n>", "pairs of a user and an item", wholeNumber(1), SHOP_SIZE.pairs)
    .action(async (flags: SpeedFlags & SyntheticSize) => {
      using temporary = new TempFolder();
      const folder = temporary.path;
      await writeMatrix(syntheticMatrix(flags), folder);
      await compareSpeed(bench, [folder, String(flags.items)], flags);
    });
}
