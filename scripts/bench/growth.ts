/**
 * `deno task bench:growth`: whether training time and memory grow linearly with the number of
 * events.
 */
import { Command, InvalidArgumentError } from "commander";
import { growthChart } from "../../src/analysis/charts/models/growth_chart.ts";
import { renderSvg } from "../../src/analysis/charts/render_svg.ts";
import { writeWhole } from "../../src/base/write_whole.ts";
import { commaList, runTask, wholeNumber } from "../lib/cli.ts";
import { createReporter } from "../lib/reporter.ts";
import { addResultOptions, type ResultFlags } from "./lib/bench_options.ts";
import { reportRows } from "./lib/results.ts";
import { simulatedFile } from "./lib/simulated_file.ts";
import { describeGrowth, growthRows, millions, type SizedRun } from "./lib/speed/growth.ts";
import { trainOnce } from "./lib/speed/train_once.ts";

const MODELS = "popularity,svd,als";

/** Those of the REES46 data, 20 million in five months; smaller sizes are spread over one month. */
const EVENTS_PER_DAY = 20e6 / 152;
const MONTH_DAYS = 31;

interface Flags extends ResultFlags {
  readonly sizes: readonly number[];
  readonly folder: string;
  readonly svg: string;
  readonly workers?: number;
}

async function run({ sizes, folder, svg, workers, ...flags }: Flags): Promise<void> {
  const reporter = createReporter(flags);
  const runs: SizedRun[] = [];
  for (const events of sizes) {
    const days = Math.max(MONTH_DAYS, Math.round(events / EVENTS_PER_DAY));
    const file = await simulatedFile(`${folder}/growth-${events}.csv`, { events, days }, reporter);
    reporter.stage(`Training on ${millions(events)} events`);
    const options = workers === undefined ? [] : ["--workers", String(workers)];
    runs.push({ events, ...await trainOnce({ file, models: MODELS }, options) });
  }
  reporter.finish();
  await reportRows(growthRows(runs, { models: MODELS }), flags);
  if (runs.length > 1) console.log(describeGrowth(runs));
  const picture = await renderSvg(growthChart(runs));
  await writeWhole(svg, (unfinished) => Deno.writeTextFile(unfinished, picture));
  console.log(`Chart: ${svg}`);
}

function readSizes(text: string): number[] {
  return commaList(text).map((word) => {
    const events = Math.round(1e6 * Number(word));
    if (!(events >= 1 && events <= 1e9)) {
      throw new InvalidArgumentError("It must list millions of events, for example 0.3,1,4.");
    }
    return events;
  }).sort((a, b) => a - b);
}

if (import.meta.main) {
  const command = new Command("deno task bench:growth")
    .description(
      "Measures time and memory from raw events to an artifact at several sizes, each in a " +
        "process of its own",
    )
    .option(
      "--sizes <millions>",
      "numbers of events, in millions",
      readSizes,
      readSizes("0.3,1,4,20"),
    )
    .option("--folder <dir>", "folder of the simulated events", "data")
    .option("--workers <n>", "models to fit in parallel (default: as in training)", wholeNumber(1))
    .option("--svg <file>", "chart to write", "docs/growth.svg")
    .action(run);
  await runTask(addResultOptions(command));
}
