/** `deno task clean`: cleans a shop's events and writes them as Parquet. */
import { Command } from "commander";
import { reportRows } from "../src/events/clean/clean_report.ts";
import { cleanFiles, requireParquet, writeClean } from "../src/events/write_clean.ts";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import {
  addEventsOptions,
  CACHE_FILES,
  type EventsFlags,
  loadOptions,
} from "./lib/events_options.ts";
import { openReported } from "./lib/open_reported.ts";
import { createReporter } from "./lib/reporter.ts";
import { formatEvents } from "./lib/tables/events_table.ts";
import { addEngineOptions, clusterOf, type EngineFlags } from "./lib/spark/engine_options.ts";
import { formatTable } from "./lib/tables/table.ts";

interface CleanFlags extends EventsFlags, EngineFlags {
  out: string;
  seed: number;
}

async function clean(flags: CleanFlags): Promise<void> {
  const reporter = createReporter(flags);
  requireParquet(flags.out);
  const cluster = clusterOf(flags);
  await using cleaned = await openReported(
    flags.events,
    { ...loadOptions(flags), seed: flags.seed },
    {
      rejectsFile: cleanFiles(flags.out).rejects,
      progress: reporter.stage("Reading and cleaning events"),
      cluster,
    },
  );
  reporter.stage("Writing cleaned events");
  const files = await writeClean(flags.out, cleaned);
  reporter.finish();

  console.log(formatTable(["", "rows", "remaining"], reportRows(cleaned.report)));
  console.log(await formatEvents(cleaned));
  console.log(`Cleaned events: ${files.events}`);
  console.log(`Report: ${files.report}`);
  if (cleaned.rejects.length > 0) {
    console.log(`Rejected rows, with line and reason: ${files.rejects}`);
  }
}

if (import.meta.main) {
  const command = new Command("deno task clean")
    .description("Cleans a shop's events, writes them as Parquet and reports what each step did");
  addEngineOptions(addEventsOptions(command))
    .requiredOption("--out <file.parquet>", "file to write")
    .option("--seed <n>", "seed of the sample of users", wholeNumber(0, 2 ** 32 - 1), 1)
    .action(clean);
  const { events, report, rejects } = cleanFiles("FILE.parquet");
  addWrittenFiles(command, {
    [events]: "cleaned events",
    [report]: "what each step did, and how the files were read",
    [rejects]: "rejected rows, with line and reason",
    ...CACHE_FILES,
  });
  await runTask(command);
}
