import type { Artifact } from "../artifact/load.ts";
import type { EventStore } from "./store/event_store.ts";
import type { Handler } from "./http/exchange.ts";
import type { Exposures } from "./exposures/exposures.ts";
import { createHandler, type HandlerOptions } from "./handler.ts";

/** What files say of lists. */
export type Definitions = Pick<HandlerOptions, "placements" | "experiments">;

/** The result of a reload. */
export interface Reloaded {
  /** The version being served; the previous one if there is no newer one. */
  readonly version: string;
  readonly previous: string;
}

/**
 * Answers from an artifact that can be replaced without downtime. The new one is loaded beside the
 * old one and takes over between two requests; requests in flight finish with the old one.
 */
export class Reloading {
  readonly #load: () => Promise<Artifact>;
  readonly #loadDefinitions: ((artifact: Artifact) => Promise<Definitions>) | undefined;
  #options: HandlerOptions;
  #artifact: Artifact;
  #handler: Handler;
  #inFlight: Promise<Reloaded> | undefined;

  /**
   * @param options `load` loads the current artifact, `loadDefinitions` reads its placements and
   *   experiments (by default those given stay); the others are the handler's, for every artifact.
   */
  constructor(
    artifact: Artifact,
    { load, loadDefinitions, ...options }: HandlerOptions & {
      load: () => Promise<Artifact>;
      loadDefinitions?: (artifact: Artifact) => Promise<Definitions>;
    },
  ) {
    this.#load = load;
    this.#loadDefinitions = loadDefinitions;
    this.#options = options;
    this.#artifact = artifact;
    this.#handler = this.#handlerOf(artifact);
  }

  /** The artifact being served. */
  get artifact(): Artifact {
    return this.#artifact;
  }

  /** Answers from the artifact being served. */
  readonly handle: Handler = (request, exchange) => this.#handler(request, exchange);

  /**
   * Loads the current artifact, its placements and experiments, and serves them. Calls while a
   * reload is in flight share its result.
   *
   * @throws {InputError} If one can't be loaded; the old ones are still served.
   */
  reload(): Promise<Reloaded> {
    this.#inFlight ??= this.#replace().finally(() => this.#inFlight = undefined);
    return this.#inFlight;
  }

  async #replace(): Promise<Reloaded> {
    const artifact = await this.#load();
    const before = this.#options;
    const options = { ...before, ...await this.#loadDefinitions?.(artifact) };
    const previous = this.#artifact.version;
    if (artifact.version !== previous || !sayTheSame(options, before)) {
      this.#options = options;
      this.#handler = this.#handlerOf(artifact);
      this.#artifact = artifact;
    }
    return { version: artifact.version, previous };
  }

  /** Answers from a store that has been opened since as well. */
  useStore(store: EventStore, exposures?: Exposures): void {
    this.#options = { ...this.#options, store, exposures };
    this.#handler = this.#handlerOf(this.#artifact);
  }

  #handlerOf(artifact: Artifact): Handler {
    return createHandler(artifact, { ...this.#options, reload: () => this.reload() });
  }
}

function sayTheSame(a: Definitions, b: Definitions): boolean {
  return a.placements?.text === b.placements?.text &&
    JSON.stringify(a.experiments) === JSON.stringify(b.experiments);
}
