/** `deno task export`: writes what a store has received: events, and what users were shown. */
import { Command } from "commander";
import { InputError } from "../src/base/input_error.ts";
import { parseTime, TIME_FORMS } from "../src/base/parse_time.ts";
import { isDay } from "../src/export/export_days.ts";
import { openStore } from "../src/service/open_store.ts";
import { ATTRIBUTION_HOURS } from "../src/service/exposures/exposures.ts";
import { storeFromEnvironment } from "../src/service/settings_from_environment.ts";
import { StoreError } from "../src/service/store/store_error.ts";
import { STORE_OPTION, storeFlag } from "./lib/batch/store_flag.ts";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import { writeEvents } from "./lib/export/write_events.ts";
import { writeExposures } from "./lib/export/write_exposures.ts";
import { createReporter } from "./lib/reporter.ts";
import { STORE_FILE } from "./lib/serving.ts";

interface ExportFlags {
  events?: string;
  exposures?: string;
  store?: string | true;
  from?: string;
  since?: number;
  hours: number;
  quiet?: boolean;
}

async function run(flags: ExportFlags): Promise<void> {
  const { events, exposures, store, from, since, hours } = flags;
  if (events === undefined && exposures === undefined) {
    throw new InputError("Cannot export: say what with --events PLACE, --exposures FILE, or both");
  }
  refuseIdle("--from", from, "--events", events);
  refuseIdle("--since", since, "--exposures", exposures);
  const { retentionDays } = storeFromEnvironment(STORE_FILE);
  const reporter = createReporter(flags);
  try {
    // An export drops no events: that is the service's.
    using opened = await openStore({ ...storeFlag(store ?? true), retentionDays: undefined });
    if (events !== undefined) await writeEvents(opened, events, { from, retentionDays, reporter });
    if (exposures !== undefined) {
      reporter.stage("Exporting what users were shown");
      await writeExposures(opened, exposures, { since, hours });
    }
    reporter.finish();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(`Cannot export: ${error.message}`, { cause: error });
  }
}

/** Refuses an option that would do nothing without another one. */
function refuseIdle(option: string, value: unknown, needed: string, other: unknown): void {
  if (value === undefined || other !== undefined) return;
  throw new InputError(
    `Cannot export: ${option} is about ${needed}; add it, or leave out ${option}`,
  );
}

/** A day, as `2026-11-28`. */
function readDay(text: string): string {
  if (isDay(text)) return text;
  throw new InputError(`Cannot export: --from must be a day like 2026-11-28, got "${text}"`);
}

/** Milliseconds since 1970-01-01 UTC. */
function readSince(text: string): number {
  const microseconds = parseTime(text);
  if (microseconds !== undefined) return Math.floor(microseconds / 1000);
  throw new InputError(`Cannot export: --since must be a time ${TIME_FORMS}, got "${text}"`);
}

if (import.meta.main) {
  const command = new Command("deno task export")
    .description(
      "Writes what a store has received as NDJSON. Events: by the day that they arrived on " +
        "(UTC), each day once, an hour after its end, so that a run a day exports everything. " +
        "Exposures: what users were shown and the events that count for it, a line per list, " +
        "then one per event of it. Facts about products are the shop's of today; an event's own " +
        "price goes first",
    )
    .option("--events <place>", "a folder, or a bucket as s3://BUCKET/PREFIX")
    .option(
      "--from <day>",
      "export events from this day on again; default from the first day that isn't exported",
      readDay,
    )
    .option("--exposures <file>", "the file to write what users were shown to")
    .option("--since <time>", "only lists shown at this time or later; default all", readSince)
    .option(
      "--hours <hours>",
      "how long after a list an event counts for it that names no list",
      wholeNumber(0),
      ATTRIBUTION_HOURS,
    )
    .option(STORE_OPTION, "the store; default that of STORE_URL or KV_PATH")
    .option("--quiet", "no progress")
    .action(run);
  addWrittenFiles(command, {
    "PLACE/received=DAY/part-NUMBER.ndjson.gz": "events that arrived on that day",
    "PLACE/_exported.json": "the last day exported, written last",
    "the file of --exposures": "whole or not at all",
  });
  command.addHelpText(
    "after",
    "\nA bucket needs the environment variables AWS_ACCESS_KEY_ID and\n" +
      "AWS_SECRET_ACCESS_KEY, and where they apply AWS_SESSION_TOKEN, AWS_REGION and,\n" +
      "for a storage that isn't Amazon's, AWS_ENDPOINT_URL.",
  );
  await runTask(command);
}
