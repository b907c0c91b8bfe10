import { type Command, InvalidArgumentError } from "commander";
import type { LoadOptions } from "../../src/events/load.ts";
import { isMonth } from "../../src/events/read/month.ts";
import { wholeNumber, type WrittenFiles } from "./cli.ts";
import { REJECTS_FILE } from "./open_reported.ts";
import { addFormatOptions, type FormatFlags, formatOptions } from "./format_options.ts";

/** What the options that {@linkcode addEventsOptions} adds are parsed into. */
export interface EventsFlags extends FormatFlags {
  events: string[];
  month?: string;
  users?: number;
  maxEventsPerUser?: number;
  /** Whether cleaned events are cached; true unless `--no-cache` is given. */
  cache?: boolean;
  quiet?: boolean;
}

/** The folder for temporary files of cleaning in parts. */
const SCRATCH_FOLDER = "data";

/** The folder that caches cleaned events. */
const CACHE_FOLDER = `${SCRATCH_FOLDER}/cache`;

/** What opening events writes, for {@linkcode addWrittenFiles}. */
export const CACHE_FILES: WrittenFiles = {
  [CACHE_FOLDER]: "cleaned events, at most 4 GB; safe to delete",
};

/** What every command writes that trains models. */
export const TRAINING_FILES: WrittenFiles = {
  [REJECTS_FILE]: "rejected rows, with line and reason",
  ...CACHE_FILES,
};

/**
 * Adds the options of every command that reads a shop's events.
 *
 * @param options `required`: whether `--events` is required.
 */
export function addEventsOptions(
  command: Command,
  { required = true }: { required?: boolean } = {},
): Command {
  const events = [
    "--events <files...>",
    "the shop's events: files of CSV, JSON lines or Parquet, also .gz, .zst or .zip; folders, or " +
    "patterns like 'data/*.csv.gz'",
  ] as const;
  return addFormatOptions(
    required ? command.requiredOption(...events) : command.option(...events),
  )
    .option("--month <yyyy-mm>", "use only this month's events (UTC)", readMonth)
    .option(
      "--users <n>",
      "use a random sample of n users, with all of their events",
      wholeNumber(1),
    )
    .option("--max-events-per-user <n>", "exclude users with more events: bots", wholeNumber(1))
    .option("--no-cache", `don't use or fill the cache of cleaned events, ${CACHE_FOLDER}`)
    .option("--quiet", "print results only, no progress");
}

/** The options for loading events that these flags set. */
export function loadOptions(
  { month, users, maxEventsPerUser, cache = true, ...flags }: EventsFlags,
): LoadOptions {
  return {
    month,
    format: formatOptions(flags),
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
