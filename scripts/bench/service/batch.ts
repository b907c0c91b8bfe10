/**
 * `deno task bench:batch`: how long `deno task batch` takes for all users of a month of a real
 * shop's size, by file format, and with the rules of a placement.
 */
import { Command } from "commander";
import { InputError } from "../../../src/base/input_error.ts";
import { TempFolder } from "../../../src/base/temp_folder.ts";
import { commaList, runTask, wholeNumber } from "../../lib/cli.ts";
import { createReporter } from "../../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "../lib/bench_options.ts";
import { type Measured, toRows } from "../lib/http/service_rows.ts";
import { measureProcess } from "../lib/measure_process.ts";
import { MONTH_EVENTS, trainedMonth } from "../lib/month/month_shop.ts";
import { reportRows } from "../lib/results.ts";
import type { BatchCost } from "../lib/speed/batch_once.ts";

const ONCE = new URL("../lib/speed/batch_once.ts", import.meta.url).pathname;

const MEGABYTE = 1024 * 1024;

/** A placement as shops send it by e-mail: few of a brand, cheap products first, some variety. */
const EMAIL = {
  placements: {
    email: {
      strategy: "personal",
      exclude: "purchased",
      rules: ["mixed-brands", "cheap-first"],
      diversity: 0.2,
      fallback: [{ strategy: "popular" }],
    },
  },
  rules: {
    "mixed-brands": { cap: { by: "brand", most: 3 } },
    "cheap-first": { boost: { factor: 1.2, maxPrice: 20 } },
  },
  segments: { buyers: { events: { purchase: { min: 1 } } } },
} as const;

interface Flags extends ResultFlags {
  readonly artifacts?: string;
  readonly events: number;
  readonly folder: string;
  readonly workers?: number;
  readonly only?: readonly string[];
}

async function run({ artifacts, events, folder, workers, only, ...flags }: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const trained = artifacts ?? await trainedMonth({ folder, events }, reporter);
  using temporary = new TempFolder();
  const placements = `${temporary.path}/placements.json`;
  await Deno.writeTextFile(placements, JSON.stringify(EMAIL));
  const email = ["--placements", placements, "--placement", "email"];
  const batches: Readonly<Record<string, readonly string[]>> = {
    "lists.parquet": [],
    "lists.ndjson": [],
    "lists.csv": [],
    "placement.parquet": email,
    "segment.parquet": [...email, "--segment", "buyers"],
  };
  const unknown = only?.find((name) => !(name in batches));
  if (unknown !== undefined) {
    throw new InputError(
      `Cannot measure ${unknown}: --only must list some of ${Object.keys(batches).join(", ")}`,
    );
  }
  const measured: Measured[] = [];
  for (const [name, options] of Object.entries(batches)) {
    if (only && !only.includes(name)) continue;
    reporter.stage(`Writing ${name}`);
    const out = `${temporary.path}/${name}`;
    const { output } = await measureProcess<BatchCost>(Deno.execPath(), [
      ...["run", "-A", ONCE, "--artifacts", trained, "--out", out, ...options],
      ...(workers === undefined ? [] : ["--workers", String(workers)]),
    ]);
    measured.push({ name, figures: await figuresOf(output, out) });
  }
  reporter.finish();
  const size = artifacts === undefined ? { events } : { artifacts };
  await reportRows(toRows("batch", measured, { ...size, workers: workers ?? "all" }), flags);
}

async function figuresOf({ users, seconds, cpuSeconds, peakBytes }: BatchCost, file: string) {
  return {
    users_per_second: users / seconds,
    cpu_ms_per_user: 1000 * cpuSeconds / users,
    seconds,
    cpu_seconds: cpuSeconds,
    peak_mb: peakBytes / MEGABYTE,
    size_mb: (await Deno.stat(file)).size / MEGABYTE,
  };
}

if (import.meta.main) {
  const command = new Command("deno task bench:batch")
    .description("Measures the lists of all users of a month, written by deno task batch")
    .option("--artifacts <dir>", "measure with these artifacts, instead of a simulated month's")
    .option("--events <n>", "events of the simulated month", wholeNumber(1000), MONTH_EVENTS)
    .option("--folder <dir>", "folder of the events and artifacts, which are kept", "data")
    .option("--workers <n>", "processor cores to use (default: all)", wholeNumber(1, 64))
    .option("--only <files>", "what to measure: lists.parquet,placement.parquet …", commaList)
    .action(run);
  await runTask(addResultOptions(command));
}
