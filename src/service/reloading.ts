import type { Artifact } from "../artifact/load.ts";
import type { EventStore } from "./store/event_store.ts";
import type { Handler } from "./http/exchange.ts";
import { createHandler, type HandlerOptions } from "./handler.ts";

/** What a reload did. */
export interface Reloaded {
  /** The version served now; the previous one if there is no other. */
  readonly version: string;
  readonly previous: string;
}

/**
 * Answers from an artifact that can be exchanged while it serves. A new one is loaded beside the old one and
 * takes over between two requests: those under way end with the old one, none is dropped.
 */
export class Reloading {
  readonly #load: () => Promise<Artifact>;
  #options: HandlerOptions;
  #artifact: Artifact;
  #handler: Handler;
  #underWay: Promise<Reloaded> | undefined;

  /** @param options `load` loads the artifact that should be served now; the rest stays as it is. */
  constructor(
    artifact: Artifact,
    { load, ...options }: HandlerOptions & { load: () => Promise<Artifact> },
  ) {
    this.#load = load;
    this.#options = options;
    this.#artifact = artifact;
    this.#handler = this.#handlerOf(artifact);
  }

  /** The artifact that is served. */
  get artifact(): Artifact {
    return this.#artifact;
  }

  /** Answers from the artifact of the moment. */
  readonly handle: Handler = (request, exchange) => this.#handler(request, exchange);

  /**
   * Serves what should be served now. Whoever asks while it is under way gets the same.
   *
   * @throws {ArtifactError} If it can't be used; the old one keeps serving.
   */
  reload(): Promise<Reloaded> {
    this.#underWay ??= this.#exchange().finally(() => this.#underWay = undefined);
    return this.#underWay;
  }

  async #exchange(): Promise<Reloaded> {
    const artifact = await this.#load();
    const previous = this.#artifact.version;
    if (artifact.version !== previous) {
      this.#handler = this.#handlerOf(artifact);
      this.#artifact = artifact;
    }
    return { version: artifact.version, previous };
  }

  /** Answers from a store that wasn't there before, too. */
  useStore(store: EventStore): void {
    this.#options = { ...this.#options, store };
    this.#handler = this.#handlerOf(this.#artifact);
  }

  #handlerOf(artifact: Artifact): Handler {
    return createHandler(artifact, { ...this.#options, reload: () => this.reload() });
  }
}
