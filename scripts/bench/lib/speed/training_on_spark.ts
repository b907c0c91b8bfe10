import type { BenchRow } from "../results.ts";
import { type Trained, trainOnce } from "./train_once.ts";
import type { TrainingRun } from "./training_once.ts";

/** The options of `deno task train` for events that a cluster cleans, and for those it sums up. */
const ON_CLUSTER = { cleaned: ["--engine", "spark"], sums: ["--engine", "spark", "--sums"] };

/** The cost of training on the same events with and without a cluster. */
export interface TrainingRuns {
  readonly here: TrainingRun;
  /** With the events that a cluster cleans. */
  readonly cleaned: TrainingRun;
  /** From a cluster's sums. */
  readonly sums: TrainingRun;
}

/** Trains with the events that a server cleans, and from its sums. */
export async function trainOnServer(
  trained: Trained,
  master: string,
): Promise<Omit<TrainingRuns, "here">> {
  const train = (options: readonly string[]) =>
    trainOnce(trained, [...options, "--master", master]);
  return { cleaned: await train(ON_CLUSTER.cleaned), sums: await train(ON_CLUSTER.sums) };
}

/** The figures of training, by whether the cluster cleans or sums up, beside this machine. */
export function trainingRows(
  { here, ...onCluster }: TrainingRuns,
  { rows, executors, ...options }: { rows: number; executors: number; models: string },
): BenchRow[] {
  return Object.entries(onCluster).flatMap(([name, run]) =>
    [
      { metric: "seconds", unit: "s", value: run.seconds, peerValue: here.seconds },
      { metric: "cpu_here", unit: "s", value: run.cpuSeconds, peerValue: here.cpuSeconds },
      {
        metric: "peak_memory_here",
        unit: "MB",
        value: run.peakBytes / 1e6,
        peerValue: here.peakBytes / 1e6,
      },
    ].map((figure) => ({
      bench: "spark",
      name: `train on ${rows} rows, ${name}, executors: ${executors}`,
      ...figure,
      peer: "this machine",
      options: { rows, executors, ...options },
    }))
  );
}
