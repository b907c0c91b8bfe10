/** `deno task tune`: searches for models' best options and saves them for training. */
import { dirname } from "node:path";
import { Command, Option } from "commander";
import { formatCount, formatCounted } from "../src/base/format.ts";
import { InputError } from "../src/base/input_error.ts";
import { isoDate } from "../src/base/time.ts";
import { PROTOCOL_TITLES } from "../src/evaluation/titles.ts";
import type { Interactions } from "../src/interactions/interactions.ts";
import type { Algorithm } from "../src/models/model.ts";
import { algorithms } from "../src/models/mod.ts";
import { readGrid } from "../src/training/tune/grid_file.ts";
import { figureOf, TUNE_METRICS, type TuneMetric } from "../src/training/tune/trial.ts";
import type { TuneWatcher, Tuning } from "../src/training/tune/tune.ts";
import { tuneModels } from "../src/training/tune/tune_models.ts";
import { saveTuned, tunedDataOf, type TunedModel } from "../src/training/tune/tuned_file.ts";
import { addWrittenFiles, positiveNumber, runTask, wholeNumber } from "./lib/cli.ts";
import { addEventsOptions, type EventsFlags, TRAINING_FILES } from "./lib/events_options.ts";
import { modelOptionsHelp } from "./lib/model_options_help.ts";
import { createReporter, type Reporter } from "./lib/reporter.ts";
import { loadShop } from "./lib/run_training.ts";
import {
  addMeasuringOptions,
  compareOptions,
  readModels,
  type TrainingFlags,
} from "./lib/training_options.ts";
import {
  formatTrials,
  formatTunings,
  growTrials,
  optionsText,
  trialRows,
} from "./lib/tables/trials_table.ts";
import { wrapText } from "./lib/tables/wrap.ts";
import { writeJson } from "./lib/write_json.ts";

interface TuneFlags extends EventsFlags, TrainingFlags {
  models: readonly Algorithm[];
  minutes: number;
  grid?: string;
  trials?: number;
  metric: TuneMetric;
  folds?: number;
  workers: number;
  tuned: string;
  restart?: boolean;
  json?: string;
}

/** Exit code after Ctrl-C. */
const INTERRUPTED = 130;

/** Those with values worth trying. */
const TUNABLE = algorithms.filter(({ searchSpace }) => Object.keys(searchSpace).length > 0);

async function run(flags: TuneFlags, command: Command): Promise<void> {
  const { models, grid, metric, k, folds, trials, workers, restart, tuned, minutes } = flags;
  if (grid !== undefined && models.length > 1) {
    throw new InputError("Cannot tune with --grid: it must be one model, name it with --models");
  }
  const space = grid === undefined ? undefined : await readGrid(grid, models[0]);
  const reporter = createReporter(flags);
  await Deno.mkdir(dirname(tuned), { recursive: true });
  await using shop = await loadShop(flags, reporter);
  const { interactions } = shop;
  const save = createSaver(flags, interactions);

  const tunings = new Map<string, Tuning>(), skipped = new Map<string, string>();
  const until = performance.now() + minutes * 60_000;
  const options = { metric, folds, trials, workers, restart, space, tunedFile: tuned, until };
  using interruption = interruptible();
  await tuneModels(interactions, models, {
    ...await compareOptions(flags, interactions),
    ...options,
  }, {
    signal: interruption.signal,
    onModel: (algorithm, until) => watch(algorithm, until, flags, reporter),
    async onTuned({ name }, tuning) {
      tunings.set(name, tuning);
      await save(name, tuning);
    },
    onSkipped: ({ name }, reason) => skipped.set(name, reason),
  });
  reporter.finish();
  printTunings(tunings, flags);
  for (const [name, reason] of skipped) console.log(wrapText(`Not tuned: ${name}. ${reason}`));
  if (flags.json) {
    await writeJson(
      flags.json,
      [...tunings].flatMap(([model, tuning]) => trialRows(tuning, model, k)),
    );
  }
  if (interruption.signal.aborted) Deno.exitCode = INTERRUPTED;
  // Models that were named must be tuned; of all, those that suit the data.
  else if (skipped.size > 0 && command.getOptionValueSource("models") === "cli") Deno.exitCode = 1;
}

/** Saves the best options of a model, and how they were found. */
function createSaver(
  { tuned, metric, k, folds, seed }: TuneFlags,
  interactions: Interactions,
): (model: string, tuning: Tuning) => Promise<void> {
  let data: TunedModel["data"] | undefined;
  return async (model, { best, baseline, candidates, untried }) => {
    if (!best) return;
    data ??= tunedDataOf(interactions);
    await saveTuned(tuned, model, {
      ...{ options: best.options, metric, k, value: figureOf(best.figures, metric) },
      ...(folds && { folds }),
      users: best.figures.users,
      ...(baseline && { defaults: figureOf(baseline, metric) }),
      ...{ trials: candidates.length, untried, seed },
      ...{ date: isoDate(Date.now() / 1000), data },
    });
  };
}

/** Prints what was found, and what was left untried. */
function printTunings(
  tunings: ReadonlyMap<string, Tuning>,
  { metric, k, tuned, models }: TuneFlags,
): void {
  if (models.length === 1) {
    for (const tuning of tunings.values()) printTrials(tuning, { k, metric });
  }
  console.log(formatTunings(tunings, { metric, k }));
  for (const [model, { best }] of tunings) {
    if (!best) continue;
    const value = figureOf(best.figures, metric).toFixed(4);
    console.log(wrapText(`Best ${metric} of ${model}: ${value} with ${optionsText(best.options)}`));
  }
  const untried = [...tunings].filter(([, tuning]) => tuning.untried > 0)
    .map(([model, tuning]) => `${model} ${formatCount(tuning.untried)}`);
  if (untried.length > 0) {
    console.log(
      wrapText(
        `Time was up before all planned trials were run; left untried: ${untried.join(", ")}. ` +
          "Run the same command to go on: finished trials are saved",
      ),
    );
  }
  if ([...tunings.values()].some(({ best }) => best)) console.log(`Saved to ${tuned}`);
}

function printTrials(tuning: Tuning, shown: { k: number; metric: TuneMetric }): void {
  if (tuning.candidates.length > 0) console.log(formatTrials(tuning, shown));
}

/** Ctrl-C stops the search with the best so far instead of the process. */
function interruptible(): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const interrupt = () => {
    console.error("\nStopping; the best options so far are saved");
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", interrupt);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => Deno.removeSignalListener("SIGINT", interrupt),
  };
}

/** Shows the progress of a model's search; of a single model, its trials as a table that grows. */
function watch(
  { name }: Algorithm,
  until: number,
  { k, folds, models, grid }: TuneFlags,
  reporter: Reporter,
): Omit<TuneWatcher, "signal"> {
  const progress = reporter.stage(
    `Tuning ${name}, at most ${Math.ceil((until - performance.now()) / 1000)} s`,
  );
  const table = growTrials({ k, folds: folds !== undefined });
  return {
    progress,
    onStart({ protocol, journal, others, rungs }) {
      const rounds = rungs.map(({ trials, users }) =>
        `${formatCount(trials)} on ${formatCounted(users, "user")}`
      );
      reporter.log(
        `Trials of ${name}: ${rounds.join(", then ")}${
          grid === undefined ? ", then around the best" : ""
        }`,
      );
      const found = journal.found > 0 ? `, which already has ${formatCount(journal.found)}` : "";
      reporter.log(`Finished trials are saved in ${journal.path}${found}`);
      if (others.length > 0) {
        reporter.log(`Journals of other data or settings, not used: ${others.join(", ")}`);
      }
      if (models.length > 1) return;
      reporter.log(PROTOCOL_TITLES[protocol]);
      reporter.log(table.head);
    },
    ...(models.length === 1 && {
      onTrial: (trial, outcome) => reporter.log(table.line(trial, outcome)),
    }),
  };
}

/** The options of the model, if one is given. */
function optionsHelp(models: readonly Algorithm[]): string {
  if (models.length === 1) return modelOptionsHelp(models[0]);
  return "A model's own options, to name in a grid: deno task tune --models NAME --help";
}

if (import.meta.main) {
  const command = new Command("deno task tune")
    .description(
      "Searches for the best options of models, evaluated on the validation window",
    )
    .addOption(
      new Option(
        "--models <names>",
        "models to tune; a blend comes last, with the options found for its members",
      ).argParser(readModels).default(TUNABLE, TUNABLE.map(({ name }) => name).join(", ")),
    )
    .option(
      "--minutes <n>",
      "how long to search; each model has its share. A search that ends before is determined " +
        "by data, options and seed",
      positiveNumber,
      10,
    );
  addMeasuringOptions(addEventsOptions(command))
    .option(
      "--grid <file>",
      'for a single model: JSON file with the values to try: {"factors": [50, 100]} (default: ' +
        "its own)",
    )
    .option(
      "--trials <n>",
      "combinations of a model to begin with, sampled at random if there are more (default: 32)",
      wholeNumber(1),
    )
    .addOption(
      new Option("--metric <name>", "metric to optimize").choices([...TUNE_METRICS]).default(
        "ndcg",
      ),
    )
    .option(
      "--folds <n>",
      "svd: also cross-validate RMSE over n folds of the training ratings",
      wholeNumber(2),
    )
    .option("--workers <n>", "trials to run in parallel", wholeNumber(1, 64), 2)
    .option("--tuned <file>", "where to save the best options", "artifacts/tuned.json")
    .option("--restart", "discard the trials of an earlier run of the same search")
    .option("--json <file>", "also write every combination's figures as JSON")
    .addHelpText("after", () => `\n${optionsHelp(command.getOptionValue("models"))}`)
    .action((flags: TuneFlags) => run(flags, command));
  addWrittenFiles(command, {
    "artifacts/tuned.json": "the best options of each model tuned so far",
    "artifacts/tuned.MODEL.*.jsonl": "finished trials, to resume from",
    "--json FILE": "all combinations with their figures",
    ...TRAINING_FILES,
  });
  await runTask(command);
}
