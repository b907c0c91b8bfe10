import { pruneVersions, useVersion } from "../../../src/artifact/versions.ts";
import { sleep } from "../../../src/base/time.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { findFiles } from "../../../src/events/read/files/glob.ts";
import {
  EVENT_WEIGHTS,
  eventTypeOf,
  type EventWeights,
} from "../../../src/interactions/event_weights.ts";
import type { Interactions } from "../../../src/interactions/interactions.ts";
import { algorithms } from "../../../src/models/mod.ts";
import { concentrationByWeek } from "../../../src/retraining/concentration_by_week.ts";
import { findNewEvents } from "../../../src/retraining/new_events.ts";
import type { RetrainSteps } from "../../../src/retraining/retrain.ts";
import { openStore } from "../../../src/service/open_store.ts";
import { storeFromEnvironment } from "../../../src/service/settings_from_environment.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import { createReporter } from "../reporter.ts";
import { runTraining, type TrainFlags } from "../run_training.ts";
import { STORE_FILE } from "../serving.ts";
import { formatConcentration } from "../tables/concentration_table.ts";
import { Services } from "./services.ts";

/** Options of `deno task retrain` that its steps depend on. */
export interface StepFlags extends TrainFlags {
  /** Addresses of the services that serve the artifacts. */
  service: string[];
  /** Number of versions to keep. */
  keep: number;
}

/** The steps of a retraining with files, a store and services. */
export function retrainSteps(flags: StepFlags): RetrainSteps {
  const { artifacts, keep, events, collected, eventWeights } = flags;
  const log = (line: string) => console.log(line);
  const services = new Services(flags.service, log);
  return {
    now: Date.now,
    sleep,
    log,
    async findNew(seen) {
      const files = await findFiles(events);
      if (!collected) return await findNewEvents(files, { seen });
      using store = await openCollecting();
      return await findNewEvents(files, { store, seen });
    },
    async train() {
      const { version, unmeasured } = await runTraining(flags, createReporter(flags), {
        makeCurrent: false,
        onLoaded: (interactions) => log(concentrationText(interactions, eventWeights)),
      });
      return { version, unmeasured };
    },
    async use(version) {
      await useVersion(artifacts, { version, algorithms });
      log(`${version} is current now`);
    },
    reload: () => services.reload(),
    counts: () => services.counts(),
    async prune() {
      const removed = await pruneVersions(artifacts, keep);
      if (removed.length > 0) log(`Removed ${removed.join(", ")}`);
    },
  };
}

async function openCollecting() {
  try {
    return await openStore(storeFromEnvironment(STORE_FILE));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(`Cannot retrain: ${error.message}; or train with --no-collected`, {
      cause: error,
    });
  }
}

function concentrationText(interactions: Interactions, eventWeights?: EventWeights): string {
  const weeks = concentrationByWeek(purchases(interactions, eventWeights ?? EVENT_WEIGHTS));
  return `\n${formatConcentration("purchases", weeks)}\n`;
}

function* purchases(
  { items, times, weights }: Interactions,
  eventWeights: EventWeights,
): Generator<[number, number]> {
  for (let i = 0; i < items.length; i++) {
    if (eventTypeOf(weights[i], eventWeights) === "purchase") yield [items[i], times[i]];
  }
}
