/** `deno task bench:growth`: whether time and memory from raw events to an artifact grow as the events do. */
import { Command, InvalidArgumentError } from "commander";
import { growthChart } from "../../src/analysis/charts/models/growth_chart.ts";
import { renderSvg } from "../../src/analysis/charts/render_svg.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { writeSimulation } from "../../src/simulate/mod.ts";
import { writeWhole } from "../../src/base/write_whole.ts";
import { commaList, runTask } from "../lib/cli.ts";
import { createReporter, type Reporter } from "../lib/reporter.ts";
import { describeGrowth, growthRows, millions, type SizedWalk } from "./lib/speed/growth.ts";
import type { Walk } from "./lib/speed/growth_once.ts";
import { measureProcess } from "./lib/measure_process.ts";
import { reportRows } from "./lib/results.ts";

const ONCE = new URL("./lib/speed/growth_once.ts", import.meta.url).pathname;
const CONFIG = new URL("../../deno.json", import.meta.url).pathname;

const MODELS = "popularity,svd,als";

/** The shop's five months hold 20 million events; fewer are spread over one month. */
const EVENTS_PER_DAY = 20e6 / 152;
const MONTH_DAYS = 31;

interface Flags {
  readonly sizes: readonly number[];
  readonly folder: string;
  readonly svg: string;
  readonly json?: string;
  readonly quiet?: boolean;
}

async function run({ sizes, folder, svg, ...flags }: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const walks: SizedWalk[] = [];
  for (const events of sizes) {
    const file = await simulated(events, folder, reporter);
    reporter.stage(`${millions(events)} events`);
    walks.push({ events, ...await walk(file) });
  }
  reporter.finish();
  await reportRows(growthRows(walks, { models: MODELS }), flags);
  if (walks.length > 1) console.log(describeGrowth(walks));
  const picture = await renderSvg(growthChart(walks));
  await writeWhole(svg, (unfinished) => Deno.writeTextFile(unfinished, picture));
  console.log(`Picture: ${svg}`);
}

/** Simulated events; they stay, since large ones take as long to make as to train on. */
async function simulated(events: number, folder: string, reporter: Reporter): Promise<string> {
  const file = `${folder}/growth-${events}.csv`;
  if (await Deno.stat(file).then(() => true, () => false)) return file;
  const days = Math.max(MONTH_DAYS, Math.round(events / EVENTS_PER_DAY));
  const progress = reporter.stage(`Simulating ${millions(events)} events`);
  await writeSimulation(file, { events, days }, progress);
  return file;
}

/** Trains on a file, from nothing, in a process of its own. */
async function walk(file: string): Promise<Walk> {
  using temporary = new TempFolder();
  const artifacts = temporary.path;
  const { output } = await measureProcess<Walk>(Deno.execPath(), [
    ...["run", "-A", "--config", CONFIG, ONCE, "--events", file, "--artifacts", artifacts],
    ...["--models", MODELS, "--no-cache"],
  ]);
  return output;
}

function readSizes(text: string): number[] {
  return commaList(text).map((word) => {
    const events = Math.round(1e6 * Number(word));
    if (!(events >= 1 && events <= 1e9)) {
      throw new InvalidArgumentError("It must be millions of events between commas, as 0.3,1,4.");
    }
    return events;
  }).sort((a, b) => a - b);
}

if (import.meta.main) {
  const command = new Command("deno task bench:growth")
    .description(
      "Measures time and memory from raw events to an artifact at several sizes, each in a process of its own",
    )
    .option("--sizes <millions>", "millions of events", readSizes, readSizes("0.3,1,4,20"))
    .option("--folder <dir>", "where the simulated events are, or are to be", "data")
    .option("--svg <file>", "the picture to write", "docs/growth.svg")
    .option("--json <file>", "also write the figures as JSON")
    .option("--quiet", "say nothing of the progress")
    .action(run);
  await runTask(command);
}
