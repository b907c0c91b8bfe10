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
import { WeeklyCounts } from "../../../src/retraining/concentration_by_week.ts";
import { clicksByUser } from "../../../src/retraining/clicks_by_user.ts";
import { findNewEvents } from "../../../src/retraining/new_events.ts";
import type { RetrainSteps } from "../../../src/retraining/retrain.ts";
import { openStore } from "../../../src/service/open_store.ts";
import {
  historiesFromEnvironment,
  storeFromEnvironment,
} from "../../../src/service/settings_from_environment.ts";
import { StoreError } from "../../../src/service/store/store_error.ts";
import { createReporter } from "../reporter.ts";
import { runTraining, type TrainFlags } from "../run_training.ts";
import { STORE_FILE } from "../serving.ts";
import { formatConcentration } from "../tables/concentration_table.ts";
import { reloadServices } from "./reload_services.ts";

/** Options of `deno task retrain` that its steps depend on. */
export interface StepFlags extends TrainFlags {
  /** Addresses of the services that serve the artifacts. */
  service: string[];
  /** Number of versions to keep. */
  keep: number;
  /** How long after a list a click counts, in milliseconds. */
  settle: number;
}

/** The steps of a retraining with files, a store and services. */
export function retrainSteps(flags: StepFlags): RetrainSteps {
  const { artifacts, keep, events, collected, eventWeights } = flags;
  const log = (line: string) => console.log(line);
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
        onLoaded: (interactions) => log(`\n${purchasesByWeek(interactions, eventWeights)}`),
      });
      if (collected) log(`\n${await shownByWeek()}`);
      return { version, unmeasured };
    },
    async use(version) {
      await useVersion(artifacts, { version, algorithms, histories: historiesFromEnvironment() });
      log(`${version} is current now`);
    },
    reload: () => reloadServices(flags.service, log),
    async clicks(spans) {
      using store = await openCollecting();
      return await clicksByUser(store, spans, { settleMs: flags.settle });
    },
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
    throw new InputError(
      `Cannot retrain: ${error.message}; set KV_PATH or STORE_URL to the store of the service`,
      { cause: error },
    );
  }
}

function purchasesByWeek(
  { items, times, weights }: Interactions,
  eventWeights: EventWeights = EVENT_WEIGHTS,
): string {
  const counts = new WeeklyCounts();
  for (let i = 0; i < items.length; i++) {
    if (eventTypeOf(weights[i], eventWeights) === "purchase") counts.add(items[i], times[i]);
  }
  return formatConcentration("purchases", counts.concentration());
}

/** What the service showed, where it stores that. */
async function shownByWeek(): Promise<string> {
  using store = await openCollecting();
  const counts = new WeeklyCounts();
  for await (const { at, productIds } of store.exposures()) {
    for (const productId of productIds) counts.add(productId, at / 1000);
  }
  return formatConcentration("products shown", counts.concentration());
}
