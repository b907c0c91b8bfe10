import type { Artifact } from "../../../src/artifact/load.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { nearestName } from "../../../src/base/nearest_name.ts";
import { createHandler } from "../../../src/service/handler.ts";
import { knownNames } from "../../../src/service/placements/definition/known_names.ts";
import { readPlacements } from "../../../src/service/placements/definition/read_placements.ts";
import { NO_PLACEMENTS } from "../../../src/service/placements/definition/placements.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";

/** An event of a user, as the API takes it from a visitor. */
export interface VisitedEvent {
  readonly productId: string;
  readonly type: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
}

/** Makes the list of ids, best first, that a policy shows to someone who did this. */
export type Policy = (events: readonly VisitedEvent[], k: number) => Promise<readonly string[]>;

/** Of the name of a policy that is a placement. */
const PLACEMENT = "placement:";

/** The most events that the API takes of a visitor. */
const MOST_EVENTS = 1000;

/**
 * A model of an artifact, or a placement, that makes lists as the service does for an anonymous
 * visit, with what the store says of products.
 *
 * @param name A model's name, or `placement:` and a placement's name.
 * @param options `placements`: the file that has placements.
 * @throws {InputError} If there is no such model or placement.
 */
export async function openPolicy(
  artifact: Artifact,
  name: string,
  { store, placements: file }: { store: EventStore; placements: string },
): Promise<Policy> {
  const isPlacement = name.startsWith(PLACEMENT);
  const placements = isPlacement
    ? await readPlacements(file, await knownNames(artifact, store))
    : NO_PLACEMENTS;
  const wanted = isPlacement ? name.slice(PLACEMENT.length) : name;
  requireName(
    isPlacement ? `placement of ${file}` : "model of the artifact",
    wanted,
    isPlacement ? placements.names : [...artifact.models.keys()],
  );
  const handle = createHandler(artifact, { store, placements });
  const path = isPlacement ? `/placements/${encodeURIComponent(wanted)}` : "/recommend";
  return async (events, k) => {
    const body = {
      events: events.slice(-MOST_EVENTS),
      ...(isPlacement ? {} : { model: wanted, k }),
      format: "ids",
    };
    const request = new Request(`http://replay${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    const answer = await (await handle(request, {})).json();
    if (Array.isArray(answer)) return answer;
    throw new InputError(`Cannot replay ${name}: the service answers ${JSON.stringify(answer)}`);
  };
}

function requireName(kind: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  const nearest = nearestName(name, names);
  throw new InputError(
    `Cannot replay: there is no ${kind} "${name}"; ` +
      (nearest === undefined ? `there are ${names.join(", ")}` : `did you mean ${nearest}?`),
  );
}
