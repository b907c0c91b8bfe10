import type { Exposures } from "../exposures/exposures.ts";
import type { NewEvent } from "../store/entries/stored_event.ts";

/** Events whose lists have the names that stores use. */
export interface NamedEvents<Event> {
  readonly events: readonly Event[];
  /** How many events named a list that this service didn't make; they name none any more. */
  readonly unknownLists: number;
}

/**
 * Replaces the ids of lists that clients sent by the names that stores use. Without exposures,
 * nothing of lists is stored.
 */
export async function nameLists<Event extends Pick<NewEvent, "listId">>(
  events: readonly Event[],
  exposures: Exposures | undefined,
): Promise<NamedEvents<Event>> {
  if (events.every(({ listId }) => listId === undefined)) return { events, unknownLists: 0 };
  let unknownLists = 0;
  const named: Event[] = [];
  for (const event of events) {
    if (event.listId === undefined) {
      named.push(event);
      continue;
    }
    const { listId: sent, ...rest } = event;
    const read = await exposures?.read(sent);
    if (read) {
      named.push({ ...event, listId: read.listId });
      continue;
    }
    unknownLists++;
    named.push(rest as Event);
  }
  return { events: named, unknownLists };
}
