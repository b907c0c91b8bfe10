/** `deno task tune`: searches for a model's best options and saves them for training. */
import { dirname } from "node:path";
import { Command, Option } from "commander";
import { formatCount, formatCounted } from "../src/base/format.ts";
import { PROTOCOL_TITLES } from "../src/evaluation/titles.ts";
import { algorithmNamed, algorithms } from "../src/models/mod.ts";
import { readGrid } from "../src/training/tune/grid_file.ts";
import { figureOf, TUNE_METRICS, type TuneMetric } from "../src/training/tune/trial.ts";
import { tune, type TuneWatcher } from "../src/training/tune/tune.ts";
import { saveTuned } from "../src/training/tune/tuned_file.ts";
import { addWrittenFiles, runTask, wholeNumber } from "./lib/cli.ts";
import { addEventsOptions, type EventsFlags, TRAINING_FILES } from "./lib/events_options.ts";
import { modelOptionsHelp } from "./lib/model_options_help.ts";
import { createReporter, type Reporter } from "./lib/reporter.ts";
import { loadInteractions } from "./lib/run_training.ts";
import { addMeasuringOptions, compareOptions, type TrainingFlags } from "./lib/training_options.ts";
import { formatTrials, growTrials, optionsText, trialRows } from "./lib/tables/trials_table.ts";
import { wrapText } from "./lib/tables/wrap.ts";
import { writeJson } from "./lib/write_json.ts";

interface TuneFlags extends EventsFlags, TrainingFlags {
  model: string;
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

async function run(flags: TuneFlags): Promise<void> {
  const { model, metric, k, folds, trials, workers, restart, tuned } = flags;
  const algorithm = algorithmNamed(model);
  const space = flags.grid === undefined ? undefined : await readGrid(flags.grid, algorithm);
  const reporter = createReporter(flags);
  await Deno.mkdir(dirname(tuned), { recursive: true });
  const interactions = await loadInteractions(flags, reporter);

  const options = { metric, folds, trials, workers, restart, space, tunedFile: tuned };
  const tuning = await untilInterrupted((signal) =>
    tune(interactions, algorithm, { ...compareOptions(flags), ...options }, {
      signal,
      ...watch(flags, reporter),
    })
  );
  reporter.finish();
  const { best, candidates } = tuning;
  const value = figureOf(best.figures, metric);
  await saveTuned(tuned, model, {
    ...{ options: best.options, metric, k, value, ...(folds && { folds }) },
    ...{ users: best.figures.users, trials: candidates.length },
  });
  console.log(formatTrials(tuning, k));
  console.log(
    wrapText(
      `Best ${metric} of ${model}: ${value.toFixed(4)} with ${optionsText(best.options)}`,
    ),
  );
  console.log(`Saved to ${tuned}`);
  if (flags.json) await writeJson(flags.json, trialRows(tuning, model, k));
}

/** Runs until Ctrl-C, which ends the process with a message on how to resume. */
async function untilInterrupted<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  Deno.addSignalListener("SIGINT", interrupt);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    console.error(
      "\nStopped. Finished trials are saved: run the same command to resume",
    );
    Deno.exit(INTERRUPTED);
  } finally {
    Deno.removeSignalListener("SIGINT", interrupt);
  }
}

/** Shows the progress of the search, and its trials as a table that grows. */
function watch({ model, k, folds }: TuneFlags, reporter: Reporter): Omit<TuneWatcher, "signal"> {
  const progress = reporter.stage(`Tuning ${model}`);
  const table = growTrials({ k, folds: folds !== undefined });
  return {
    progress,
    onStart({ protocol, journal, others, rungs }) {
      reporter.log(PROTOCOL_TITLES[protocol]);
      const rounds = rungs.map(({ trials, users }) =>
        `${formatCount(trials)} on ${formatCounted(users, "user")}`
      );
      reporter.log(`Trials: ${rounds.join(", then ")}`);
      const found = journal.found > 0 ? `, which already has ${formatCount(journal.found)}` : "";
      reporter.log(`Finished trials are saved in ${journal.path}${found}`);
      if (others.length > 0) {
        reporter.log(`Journals of other data or settings, not used: ${others.join(", ")}`);
      }
      reporter.log(table.head);
    },
    onTrial: (trial, outcome) => reporter.log(table.line(trial, outcome)),
  };
}

/** The options of the model, if one is given. */
function optionsHelp(model: unknown): string {
  if (typeof model === "string") return modelOptionsHelp(algorithmNamed(model));
  return "A model's own options, to name in a grid: deno task tune --model NAME --help";
}

if (import.meta.main) {
  const command = new Command("deno task tune")
    .description(
      "Searches for a model's best options, evaluated on the validation window",
    )
    .addOption(
      new Option("--model <name>", "model to tune")
        .choices(algorithms.map(({ name }) => name)).makeOptionMandatory(),
    );
  addMeasuringOptions(addEventsOptions(command))
    .option(
      "--grid <file>",
      'JSON file with the values to try: {"factors": [50, 100]} (default: the model\'s own)',
    )
    .option(
      "--trials <n>",
      "maximum number of combinations to try, sampled at random if there are more (default: 32)",
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
    .addHelpText("after", () => `\n${optionsHelp(command.getOptionValue("model"))}`)
    .action(run);
  addWrittenFiles(command, {
    "artifacts/tuned.json": "the best options of each model tuned so far",
    "artifacts/tuned.MODEL.*.jsonl": "finished trials, to resume from",
    "--json FILE": "all combinations with their figures",
    ...TRAINING_FILES,
  });
  await runTask(command);
}
