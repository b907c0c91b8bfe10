/** `deno task export`: writes what users were shown, and what came of it, from a store. */
import { Command } from "commander";
import { formatCounted } from "../src/base/format.ts";
import { InputError } from "../src/base/input_error.ts";
import { parseTime, TIME_FORMS } from "../src/base/parse_time.ts";
import { writeAll } from "../src/base/write_all.ts";
import { writeWhole } from "../src/base/write_whole.ts";
import { exportExposures } from "../src/service/exposures/export_exposures.ts";
import { ATTRIBUTION_HOURS } from "../src/service/exposures/exposures.ts";
import { openStore } from "../src/service/open_store.ts";
import { storeFromEnvironment } from "../src/service/settings_from_environment.ts";
import { StoreError } from "../src/service/store/store_error.ts";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import { storeFlag } from "./lib/batch/store_flag.ts";
import { STORE_FILE } from "./lib/serving.ts";

interface ExportFlags {
  exposures: string;
  store?: string;
  since?: number;
  hours: number;
}

async function exportShown({ exposures, store, since, hours }: ExportFlags): Promise<void> {
  const { path = "", url } = storeFromEnvironment(STORE_FILE);
  try {
    using opened = await openStore(storeFlag(store ?? url ?? path));
    const { products } = await opened.productChanges();
    const priceOf = (id: string) => products.get(id)?.price;
    let lines = 0;
    await writeWhole(exposures, async (file) => {
      using output = await Deno.open(file, { create: true, write: true });
      const encoder = new TextEncoder();
      for await (const chunk of exportExposures(opened, { since, hours, priceOf })) {
        await writeAll(output, encoder.encode(chunk));
        lines += chunk.split("\n").length - 1;
      }
    });
    console.log(`${formatCounted(lines, "line")}: ${exposures}`);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(`Cannot export: ${error.message}`, { cause: error });
  }
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
      "Writes what users were shown and the events that count for it, as NDJSON: a line per " +
        "list, then one per event of it. Prices are those of the events, or else what the shop " +
        "says of the products",
    )
    .requiredOption("--exposures <file>", "the file to write")
    .option("--store <store>", "the store: KV_PATH or STORE_URL; default that of the environment")
    .option("--since <time>", "only lists shown at this time or later; default all", readSince)
    .option(
      "--hours <hours>",
      "how long after a list an event counts for it that names no list",
      wholeNumber(0),
      ATTRIBUTION_HOURS,
    )
    .action(exportShown);
  addWrittenFiles(command, { "the file of --exposures": "whole or not at all" });
  await runTask(command);
}
