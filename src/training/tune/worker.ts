/** One worker of the pool: takes data, then runs one trial after another on it. */
/// <reference lib="deno.worker" />
import { InputError } from "../../interactions/input_error.ts";
import type { Progress } from "../../interactions/progress.ts";
import { algorithmNamed } from "../../models/mod.ts";
import type { FromWorker, ToWorker, TrialOutcome } from "./messages.ts";
import { receiveTrialData } from "./share.ts";
import { runTrial } from "./trial.ts";
import type { TrialData } from "./trial_data.ts";

const PROGRESS_EVERY_MS = 100;
let data: TrialData;

self.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
  if ("data" in message) data = receiveTrialData(message.data);
  else tryTrial(message).then((outcome) => tell({ outcome }));
};

async function tryTrial(
  { model, options, measure }: Exclude<ToWorker, { data: unknown }>,
): Promise<TrialOutcome> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    const progress = tellProgress();
    const figures = await runTrial(algorithmNamed(model), data, { options, measure, progress });
    return { figures, seconds: seconds() };
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
