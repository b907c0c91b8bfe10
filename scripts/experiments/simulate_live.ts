/** `deno task simulate:live`: shoppers who see a service's lists and react, with a known truth. */
import { Command, Option } from "commander";
import { InputError } from "../../src/base/input_error.ts";
import { TempFolder } from "../../src/base/temp_folder.ts";
import { secondsSince } from "../../src/base/time.ts";
import { ApiError } from "../../src/client/mod.ts";
import { algorithmNamed } from "../../src/models/mod.ts";
import { inventWorld, type World, WORLD_DEFAULTS } from "../../src/simulate/live/world.ts";
import { addWrittenFiles, runTask, wholeNumber } from "../lib/cli.ts";
import {
  type LiveExperiment,
  type Reading,
  runExperiment,
  trueClickThrough,
} from "../lib/experiments/live_experiment.ts";
import {
  shopAt,
  startOf,
  startShop,
  trainModels,
  writeHistory,
} from "../lib/experiments/live_service.ts";
import { apiToken } from "../lib/reload_service.ts";
import { createReporter } from "../lib/reporter.ts";
import { formatReadings, formatTruth } from "../lib/tables/live_table.ts";
import { writeJson } from "../lib/write_json.ts";

interface LiveFlags {
  days: number;
  shoppers: number;
  products: number;
  seed: number;
  control: string;
  arm: string;
  broken?: "control" | "arm";
  url?: string;
  history?: string;
  json?: string;
  quiet?: boolean;
}

/** Exit code of an experiment that ends with the wrong answer. */
const WRONG = 3;

const EXIT_CODES = `
Exit codes:
  0  the experiment ended with the right answer, or (--url) was run
  1  an error
  ${WRONG}  the experiment missed the true effect, or found one of the wrong sign`;

async function run({ url, history, json, broken, ...flags }: LiveFlags): Promise<void> {
  const { days, seed, control, arm } = flags;
  for (const name of [control, arm]) algorithmNamed(name);
  if (broken !== undefined && control === arm) {
    throw new InputError(`Cannot break one of two equal models: --control and --arm are ${arm}`);
  }
  const world = inventWorld(flags);
  const start = startOf(days);
  if (history !== undefined) {
    await writeHistory(history, world, start);
    console.log(`What the shoppers did before: ${history}`);
    return;
  }
  const experiment = { name: `live-${seed}-${control}-${arm}`, control, arm, days, start };
  const reporter = createReporter(flags);
  const started = performance.now();
  const result = url === undefined
    ? await runOwn(world, { ...experiment, broken }, reporter.stage)
    : { readings: await visitRunning(url, world, experiment) };
  const seconds = secondsSince(started);
  reporter.finish();
  console.log(formatReadings(result.readings, { control, arm }));
  if (json !== undefined) await writeJson(json, result);
  if (!("truth" in result)) return;
  const { text, isRight } = formatTruth(result.readings.at(-1)!, result.truth, { control, arm });
  console.log(text);
  console.log(`${days} days took ${seconds.toFixed(0)} s, with those of the truth`);
  if (!isRight) Deno.exitCode = WRONG;
}

/** Has shoppers visit a service that runs already. */
async function visitRunning(
  url: string,
  world: World,
  experiment: LiveExperiment,
): Promise<Reading[]> {
  try {
    return await runExperiment(world, shopAt(url, apiToken()), experiment, () => {});
  } catch (error) {
    // Whatever else is wrong is a mistake of this program.
    if (!(error instanceof ApiError || error instanceof TypeError)) throw error;
    throw new InputError(
      `Cannot have shoppers visit ${url}: ${error.message}; it must serve --control and --arm ` +
        "with EXPOSURES=on, and API_TOKENS must be set to one of its own",
      { cause: error },
    );
  }
}

/** Trains and serves the models, runs the experiment, then gives everyone each model in turn. */
async function runOwn(
  world: World,
  { broken, ...experiment }: LiveExperiment & Pick<LiveFlags, "broken">,
  stage: (name: string) => (done: number) => void,
): Promise<{ readings: Reading[]; truth: [control: number, arm: number] }> {
  const { control, arm, days, start } = experiment;
  using folder = new TempFolder();
  const file = `${folder.path}/history.csv`, artifacts = `${folder.path}/artifacts`;
  stage("Training");
  await writeHistory(file, world, start);
  await trainModels(artifacts, {
    ...{ file, models: [control, arm], served: control },
    broken: broken && experiment[broken],
  });
  const progress = stage("Running the experiment");
  const readings: Reading[] = [];
  {
    await using shop = await startShop(artifacts, { start });
    readings.push(
      ...await runExperiment(world, shop, experiment, ({ day }) => progress(day / days)),
    );
  }
  const truth: number[] = [];
  for (const model of [control, arm]) {
    stage(`Giving everyone ${model}`);
    await using shop = await startShop(artifacts, { start });
    const { length } = readings;
    truth.push(await trueClickThrough(world, shop, { model, days: length, start }));
  }
  return { readings, truth: [truth[0], truth[1]] };
}

if (import.meta.main) {
  const { shoppers, products, seed } = WORLD_DEFAULTS;
  const command = new Command("deno task simulate:live")
    .description(
      "Has simulated shoppers visit a service over HTTP, which runs an experiment between two " +
        "models, and compares what it found with the truth, which the simulation knows",
    )
    .option("--days <n>", "number of days", wholeNumber(1, 365), 14)
    .option("--shoppers <n>", "number of shoppers", wholeNumber(1, 1e6), shoppers)
    .option("--products <n>", "number of products", wholeNumber(20, 1e6), products)
    .option("--seed <n>", "seed; the same seed gives the same world", wholeNumber(0), seed)
    .option("--control <model>", "the model that is compared to", "popularity")
    .option("--arm <model>", "the model that is compared", "blend")
    .addOption(
      new Option("--broken <which>", "confuse the products of one of the two models")
        .choices(["control", "arm"]).conflicts("url"),
    )
    .option(
      "--url <url>",
      "a running service to visit, with a token from API_TOKENS (default: one of its own, whose " +
        "clock runs faster)",
    )
    .option("--history <file>", "only write what the shoppers did before, to train a service on")
    .option("--json <file>", "also write the figures as JSON")
    .option("--quiet", "print results only, no progress")
    .action(run);
  addWrittenFiles(command, {
    "--history FILE": "events of 28 days, as CSV",
    "--json FILE": "what the experiment said each evening, and the truth",
  }).addHelpText("after", EXIT_CODES);
  await runTask(command);
}
