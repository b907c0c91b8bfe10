import { type Command, InvalidArgumentError } from "commander";
import type { LoadOptions } from "../../src/events/load.ts";
import { isMonth } from "../../src/events/read/month.ts";
import { wholeNumber } from "./cli.ts";

/** What the options that {@linkcode addEventsOptions} adds are parsed into. */
export interface EventsFlags {
  events: string[];
  month?: string;
  users?: number;
  maxEventsPerUser?: number;
  /** Whether cleaned events are kept for the next time; true unless `--no-cache` is given. */
  cache?: boolean;
  quiet?: boolean;
}

/** Where files that are larger than memory are put in parts. */
const SCRATCH_FOLDER = "data";

/** Where cleaned events are kept for the next time. */
const CACHE_FOLDER = `${SCRATCH_FOLDER}/cache`;

/**
 * Adds the options of every command that reads a shop's events: which files, and what of them.
 *
 * @param options `required`: whether the command can't do without files.
 */
export function addEventsOptions(
  command: Command,
  { required = true }: { required?: boolean } = {},
): Command {
  const events = [
    "--events <files...>",
    "the shop's events: CSV, CSV.gz or Parquet files, or patterns like 'data/*.csv.gz'",
  ] as const;
  return (required ? command.requiredOption(...events) : command.option(...events))
    .option("--month <yyyy-mm>", "use only this month's events (UTC)", readMonth)
    .option(
      "--users <n>",
      "use only so many users, drawn at random, with all of their events",
      wholeNumber(1),
    )
    .option("--max-events-per-user <n>", "leave out users with more events: bots", wholeNumber(1))
    .option(
      "--no-cache",
      `clean anew, and keep no cleaned events in ${CACHE_FOLDER} for the next time`,
    )
    .option("--quiet", "print results alone, no progress");
}

/** What the options mean to the loading of events. */
export function loadOptions(
  { month, users, maxEventsPerUser, cache = true }: EventsFlags,
): LoadOptions {
  return {
    month,
    users,
    maxEventsPerUser,
    scratch: SCRATCH_FOLDER,
    ...(cache && { cache: CACHE_FOLDER }),
  };
}

function readMonth(text: string): string {
  if (!isMonth(text)) throw new InvalidArgumentError("It must be a month like 2019-10.");
  return text;
}
