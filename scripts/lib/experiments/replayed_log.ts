import type { Artifact } from "../../../src/artifact/load.ts";
import type { ExposureWithOutcomes } from "../../../src/experiments/exposures/exposure.ts";
import { EMPTY_HISTORY } from "../../../src/interactions/history.ts";
import { InputError } from "../../../src/base/input_error.ts";
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
  readonly #placements = new Set<string>();

  constructor(artifact: Artifact, store: EventStore, options: LogOptions) {
    this.#artifact = artifact;
    this.#store = store;
    this.#options = options;
  }

  /**
   * The lists, by user.
   *
   * @throws {InputError} At the end, if no list is of the placement; says which there are.
   */
  async *lists(): AsyncGenerator<ExposureWithOutcomes> {
    const { placement, ...reading } = this.#options;
    const end = Date.parse(this.#artifact.manifest.data.to);
    for await (const { userId, lists, events } of readUserExposures(this.#store, reading)) {
      this.#events = [...await this.#knownEvents(userId), ...events];
      for (const list of lists) {
        this.#placements.add(list.exposure.placement ?? "");
        if (placement !== undefined && list.exposure.placement !== placement) continue;
        if (list.exposure.at <= end) this.early++;
        else yield list;
      }
    }
    if (placement !== undefined && !this.#placements.has(placement)) {
      throw unknownPlacement(placement, [...this.#placements]);
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

/** @param there Of lists in the log; an empty text for those without a placement. */
function unknownPlacement(wanted: string, there: readonly string[]): InputError {
  const named = there.filter((name) => name !== "").toSorted().map((name) => `"${name}"`);
  const others = [...named, ...(there.includes("") ? ["no placement"] : [])];
  return new InputError(
    `Cannot replay placement "${wanted}": no list in the store is of it; ` +
      (others.length > 0 ? `there are lists of ${others.join(", ")}` : "the store has no lists"),
  );
}
