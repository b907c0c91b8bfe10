/** One worker of the pool: takes a task, then runs one trial of it after another. */
/// <reference lib="deno.worker" />
import { InputError } from "../../interactions/input_error.ts";
import type { Progress } from "../../interactions/progress.ts";
import { algorithmNamed } from "../../models/mod.ts";
import type { Assignment, FromWorker, ToWorker, TrialOutcome } from "./messages.ts";
import type { TrialOptions } from "./search_space.ts";
import { receiveTrialData } from "./share.ts";
import { prepareTrials, runTrial, type TrialFigures } from "./trial.ts";

const PROGRESS_EVERY_MS = 100;
let run: (options: TrialOptions, progress: Progress) => Promise<TrialFigures>;

self.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
  if ("data" in message) run = prepare(message);
  else tryTrial(message.options).then((outcome) => tell({ outcome }));
};

function prepare({ model, measure, data }: Assignment): typeof run {
  const algorithm = algorithmNamed(model);
  const prepared = prepareTrials(receiveTrialData(data), measure);
  return (options, progress) => runTrial(algorithm, prepared, { options, measure, progress });
}

async function tryTrial(options: TrialOptions): Promise<TrialOutcome> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    return { figures: await run(options, tellProgress()), seconds: seconds() };
  } catch (error) {
    return { error: describe(error), seconds: seconds() };
  }
}

/** A bad option needs no trace; anything else is a bug of the model's, to be found by its trace. */
function describe(error: unknown): string {
  if (error instanceof InputError) return error.message;
  return error instanceof Error ? error.stack ?? String(error) : String(error);
}

function tellProgress(): Progress {
  let told = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - told < PROGRESS_EVERY_MS) return;
    told = now;
    tell({ progress });
  };
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}
