import type { Artifact } from "../artifact/load.ts";
import type { EventStore } from "./store/event_store.ts";
import type { Handler } from "./http/exchange.ts";
import { createHandler, type HandlerOptions } from "./handler.ts";

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
  #options: HandlerOptions;
  #artifact: Artifact;
  #handler: Handler;
  #inFlight: Promise<Reloaded> | undefined;

  /**
   * @param options `load` loads the current artifact; the others are the handler's, for every
   * artifact.
   */
  constructor(
    artifact: Artifact,
    { load, ...options }: HandlerOptions & { load: () => Promise<Artifact> },
  ) {
    this.#load = load;
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
   * Loads the current artifact and serves it. Calls while a reload is in flight share its result.
   *
   * @throws {ArtifactError} If it can't be loaded; the old one is still served.
   */
  reload(): Promise<Reloaded> {
    this.#inFlight ??= this.#replace().finally(() => this.#inFlight = undefined);
    return this.#inFlight;
  }

  async #replace(): Promise<Reloaded> {
    const artifact = await this.#load();
    const previous = this.#artifact.version;
    if (artifact.version !== previous) {
      this.#handler = this.#handlerOf(artifact);
      this.#artifact = artifact;
    }
    return { version: artifact.version, previous };
  }

  /** Answers from a store that has been opened since as well. */
  useStore(store: EventStore): void {
    this.#options = { ...this.#options, store };
    this.#handler = this.#handlerOf(this.#artifact);
  }

  #handlerOf(artifact: Artifact): Handler {
    return createHandler(artifact, { ...this.#options, reload: () => this.reload() });
  }
}
