/**
 * `deno task simulate`: writes a simulated shop's events and compares their figures with the real
 * shop's.
 */
import { Command } from "commander";
import { profileEvents } from "../src/analysis/profile/profile.ts";
import { formatCounted } from "../src/base/format.ts";
import { readEvents } from "../src/events/read/read.ts";
import {
  MOST_LAUNCHES,
  REAL_FIGURES,
  SIMULATION_DEFAULTS,
  type SimulationOptions,
  writeSimulation,
} from "../src/simulate/mod.ts";
import { addWrittenFiles, numberWithin, runTask, wholeNumber } from "./lib/cli.ts";
import { figureRows } from "./lib/tables/profile_table.ts";
import { createReporter } from "./lib/reporter.ts";
import { formatTable } from "./lib/tables/table.ts";

interface SimulateFlags extends Required<SimulationOptions> {
  out: string;
  quiet?: boolean;
}

async function simulate({ out, quiet, ...options }: SimulateFlags): Promise<void> {
  const reporter = createReporter({ quiet });
  await writeSimulation(out, options, reporter.stage("Simulating events"));
  const { events } = await readEvents([out], { progress: reporter.stage("Reading events") });
  reporter.stage("Computing figures");
  const profile = await profileEvents(events);
  reporter.finish();

  const head = [
    `${formatCounted(options.days, "day")} beside five real months`,
    "simulated",
    "real",
    "change",
  ];
  console.log(formatTable(head, figureRows(profile, REAL_FIGURES)));
  console.log(
    "Figures per user grow with time: a user has more sessions in five months than\nin one.\n" +
      `Simulated events: ${out}`,
  );
}

if (import.meta.main) {
  const { events, days, start, seed, launches } = SIMULATION_DEFAULTS;
  const command = new Command("deno task simulate")
    .description("Writes a simulated shop's events and compares their figures with the real shop's")
    .requiredOption("--out <file>", "file to write, .csv or .csv.gz")
    .option("--events <n>", "number of events", wholeNumber(1, 1e9), events)
    .option("--days <n>", "number of days", wholeNumber(1), days)
    .option("--start <yyyy-mm-dd>", "first day (UTC)", start)
    .option("--seed <n>", "seed; the same seed gives the same file", wholeNumber(0), seed)
    .option(
      "--launches <share>",
      "share of the series launched per 30 days",
      numberWithin(0, MOST_LAUNCHES),
      launches,
    )
    .option("--quiet", "print results only, no progress")
    .action(simulate);
  addWrittenFiles(command, { "--out FILE": "the events" });
  await runTask(command);
}
