import type { Command } from "commander";
import { wholeNumber } from "../../lib/cli.ts";
import type { PeerSet } from "./peers.ts";
import type { SyntheticSize } from "./synthetic_matrix.ts";

/** What the options that {@linkcode addResultOptions} adds are parsed into. */
export interface ResultFlags {
  readonly json?: string;
  readonly quiet?: boolean;
}

/**
 * Adds the options of every benchmark: where to write its figures, and whether to show progress.
 */
export function addResultOptions(command: Command): Command {
  return command
    .option("--json <file>", "also write the figures as JSON")
    .option("--quiet", "print results only, no progress");
}

/**
 * Adds the size of a synthetic shop.
 *
 * @param options `size`: the default. `least`: the fewest users and items. Default 2.
 */
export function addShopOptions(
  command: Command,
  { size, least = 2 }: { size: SyntheticSize; least?: number },
): Command {
  return command
    .option("--users <n>", "users of the synthetic shop", wholeNumber(least), size.users)
    .option("--items <n>", "items of the synthetic shop", wholeNumber(least), size.items)
    .option("--pairs <n>", "user–item pairs to draw", wholeNumber(1), size.pairs);
}

/** Adds `--runs`, how often a benchmark is repeated; its figures are medians. */
export function addRunsOption(command: Command): Command {
  return command.option(
    "--runs <n>",
    "number of runs; figures are medians",
    wholeNumber(1, 100),
    3,
  );
}

/** Adds `--with-peers`, which measures `names` in the same call. */
export function addPeersOption(command: Command, names: string, { folder }: PeerSet): Command {
  return command.option(
    "--with-peers",
    `also measure ${names}, installed in ${folder}`,
  );
}
