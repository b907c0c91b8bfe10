import type { Artifact } from "../../../src/artifact/load.ts";
import type { ExposureWithOutcomes } from "../../../src/experiments/exposures/exposure.ts";
import { EMPTY_HISTORY } from "../../../src/interactions/history.ts";
import { eventTypeOf } from "../../../src/interactions/event_weights.ts";
import {
  type ReadingOptions,
  readUserExposures,
} from "../../../src/service/exposures/exposures_with_outcomes.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import type { VisitedEvent } from "./policy.ts";

/** Which lists are replayed. */
export interface LogOptions extends ReadingOptions {
  /** Only lists of this placement. Default all. */
  readonly placement?: string;
}

/**
 * Reads the lists that users were shown since the end of an artifact's data: its models may have
 * learned from what came of earlier ones. Holds one user at a time.
 */
export class ReplayedLog {
  /** Lists that were shown before the end of the artifact's data, which are left out. */
  early = 0;
  readonly #artifact: Artifact;
  readonly #store: EventStore;
  readonly #options: LogOptions;
  #events: readonly VisitedEvent[] = [];

  constructor(artifact: Artifact, store: EventStore, options: LogOptions) {
    this.#artifact = artifact;
    this.#store = store;
    this.#options = options;
  }

  /** The lists, by user. */
  async *lists(): AsyncGenerator<ExposureWithOutcomes> {
    const { placement, ...reading } = this.#options;
    const end = Date.parse(this.#artifact.manifest.data.to);
    for await (const { userId, lists, events } of readUserExposures(this.#store, reading)) {
      this.#events = [...await this.#knownEvents(userId), ...events];
      for (const list of lists) {
        if (placement !== undefined && list.exposure.placement !== placement) continue;
        if (list.exposure.at <= end) this.early++;
        else yield list;
      }
    }
  }

  /** What the user of the latest list had done before then, oldest first. */
  eventsBefore(time: number): VisitedEvent[] {
    return this.#events.filter((event) => event.time < time)
      .map(({ productId, type, time }) => ({ productId, type, time }));
  }

  async #knownEvents(userId: string): Promise<VisitedEvent[]> {
    const { interactions, manifest: { eventWeights } } = this.#artifact;
    const { items, weights, times } = await interactions.histories.of(userId) ?? EMPTY_HISTORY;
    return Array.from(items, (item, i) => ({
      productId: interactions.itemIds.idAt(item),
      type: eventTypeOf(weights[i], eventWeights),
      time: 1000 * times[i],
    }));
  }
}
