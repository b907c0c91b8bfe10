/** `deno task retrain`: trains on what is new, serves it, watches it, and rolls back if need be. */
import { Command, InvalidArgumentError, Option } from "commander";
import { InputError } from "../src/base/input_error.ts";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, sleep } from "../src/base/time.ts";
import { readProgress } from "../src/retraining/progress_file.ts";
import { type Outcome, retrain, type RetrainOptions } from "../src/retraining/retrain.ts";
import { takeTurn } from "../src/retraining/turn.ts";
import { addWrittenFiles, positiveNumber, runTask, wholeNumber } from "./lib/cli.ts";
import { duration } from "./lib/duration.ts";
import { addEventsOptions, TRAINING_FILES } from "./lib/events_options.ts";
import { retrainSteps, type StepFlags } from "./lib/retrain/retrain_steps.ts";
import { addArtifactOptions, addTrainingOptions, ARTIFACT_FILES } from "./lib/training_options.ts";

interface RetrainFlags extends Omit<StepFlags, "events" | "service"> {
  events?: string[];
  service?: string[];
  every?: number;
  leastEvents: number;
  watch: number;
  period: number;
  settle: number;
  tolerance: number;
}

/** Exit codes of outcomes that leave the version before in service. */
const EXIT_CODES: Partial<Record<Outcome["kind"], number>> = { unmeasured: 2, "rolled back": 3 };

const EXIT_CODES_HELP = `
Exit codes, without --every:
  0  the new version is in service, or there was nothing new
  1  an error; what was served before still is, and the next run goes on
  2  no user could be measured, so the new version isn't in service
  3  the new version was rolled back: services can't load it, or its lists are
     clicked less`;

async function run({ every, ...flags }: RetrainFlags): Promise<void> {
  const { events = [], service = [], collected = true, artifacts } = flags;
  if (events.length === 0 && !collected) {
    throw new InputError("Cannot retrain on nothing: give --events, or leave out --no-collected");
  }
  const once = async () => {
    using turn = await takeTurn(artifacts);
    if (turn.leftBy) console.log(`The last run was killed: ${turn.leftBy} didn't end`);
    const steps = retrainSteps({ ...flags, events, service, collected });
    const { kind, text } = await retrain(steps, optionsOf(flags));
    console.log(`Outcome: ${kind}. ${text}`);
    return kind;
  };
  if (every === undefined) {
    Deno.exitCode = EXIT_CODES[await once()] ?? 0;
    return;
  }
  let due = await firstDue(artifacts, every);
  while (true) {
    // Timers hold no more than 24 days, and stand still while a machine sleeps.
    while (Date.now() < due) await sleep(Math.min(MS_PER_MINUTE, due - Date.now()));
    due = Date.now() + every;
    try {
      await once();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      console.error(`error: ${error.message}`);
    }
    console.log(`Next: ${new Date(due).toISOString()}`);
  }
}

/** At once if a run was killed; otherwise as long after the latest training as after any. */
async function firstDue(artifacts: string, every: number): Promise<number> {
  const { started, change } = await readProgress(artifacts);
  return change || started === undefined ? 0 : started + every;
}

function optionsOf({ artifacts, watch, period, settle, ...flags }: RetrainFlags): RetrainOptions {
  return {
    directory: artifacts,
    watchMs: flags.service === undefined ? 0 : watch,
    periodMs: period,
    settleMs: settle,
    tolerance: flags.tolerance,
    leastEvents: flags.leastEvents,
  };
}

function share(text: string): number {
  return text === "0" ? 0 : positiveNumber(text);
}

if (import.meta.main) {
  const command = new Command("deno task retrain")
    .description(
      "Trains on files and on the events that the service collected, if some are new; puts the " +
        "new version into service and watches how often its lists are clicked; puts the version " +
        "before back if that is less beyond noise. It may be killed at any moment: the next run " +
        "goes on",
    );
  addArtifactOptions(addTrainingOptions(addEventsOptions(command, { required: false })))
    .option("--every <duration>", "retrain again and again, such as 1d (default: once)", duration)
    .option("--no-collected", "train on --events alone, not on the service's store (see KV_PATH)")
    .addOption(
      new Option(
        "--service <urls...>",
        "addresses of the services to reload and watch, with a token from API_TOKENS (default: " +
          "none, reload them yourself)",
      ).argParser((url: string, urls: string[] = []) => [...urls, readUrl(url)]),
    )
    .option(
      "--least-events <n>",
      "train if at least n collected events are new, or a file",
      wholeNumber(1),
      1,
    )
    .addOption(
      new Option("--watch <duration>", "for how long to watch a new version")
        .argParser(duration).default(MS_PER_DAY, "1d"),
    )
    .addOption(
      new Option("--period <duration>", "time between two looks")
        .argParser(duration).default(MS_PER_HOUR, "1h"),
    )
    .addOption(
      new Option("--settle <duration>", "how long after a list a click counts")
        .argParser(duration).default(30 * MS_PER_MINUTE, "30m"),
    )
    .option(
      "--tolerance <share>",
      "by which share fewer lists may be clicked, since days differ",
      share,
      0.05,
    )
    .option("--keep <n>", "versions to keep", wholeNumber(2), 5)
    .action(run);
  addWrittenFiles(command, {
    ...ARTIFACT_FILES,
    "artifacts/retraining.json": "how far retraining has got",
    "artifacts/.retraining": "the lock: who is retraining",
    ...TRAINING_FILES,
  }).addHelpText("after", EXIT_CODES_HELP);
  await runTask(command);
}

/** An address of a service, without a path. */
function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new InvalidArgumentError("It must be an address such as http://127.0.0.1:8001.");
}
