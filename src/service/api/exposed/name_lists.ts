import type { ListIds, ListOrigin } from "../../exposures/list_ids.ts";
import type { NewEvent } from "../../store/entries/stored_event.ts";

/** Events whose lists have the names that stores use. */
export interface NamedEvents<Event> {
  readonly events: readonly Event[];
  /** What made the lists that they name, by name. */
  readonly origins: ReadonlyMap<string, ListOrigin>;
  /** How many events named a list that this service didn't make; they name none any more. */
  readonly unknownLists: number;
}

/**
 * Replaces the ids of lists that clients sent by the names that stores use. Without exposures,
 * nothing of lists is stored.
 *
 * @param exposures Is asked for a reader of ids only if an event names a list.
 */
export async function nameLists<Event extends Pick<NewEvent, "listId">>(
  events: readonly Event[],
  exposures: { reader(): Promise<Pick<ListIds, "read">> } | undefined,
): Promise<NamedEvents<Event>> {
  const origins = new Map<string, ListOrigin>();
  if (events.every(({ listId }) => listId === undefined)) {
    return { events, origins, unknownLists: 0 };
  }
  const reader = await exposures?.reader();
  let unknownLists = 0;
  // Events of one list often come together.
  const names = new Map<string, string | undefined>();
  const nameOf = (sent: string) => {
    if (names.has(sent)) return names.get(sent);
    const read = reader?.read(sent);
    names.set(sent, read?.listId);
    if (read) origins.set(read.listId, read);
    return read?.listId;
  };
  const named = events.map((event) => {
    if (event.listId === undefined) return event;
    const { listId: sent, ...rest } = event;
    const listId = nameOf(sent!);
    if (listId === undefined) unknownLists++;
    return (listId === undefined ? rest : { ...rest, listId }) as Event;
  });
  return { events: named, origins, unknownLists };
}
