import type { EventStore } from "../service/store/event_store.ts";
import type { Seen } from "./progress_file.ts";

/** What there is to train on that the latest training hasn't read. */
export interface NewEvents {
  /** All there is, for the next look. */
  readonly seen: Seen;
  /** Files that are new or have changed. */
  readonly files: readonly string[];
  /** How many collected events have arrived since. */
  readonly collected: number;
}

/**
 * Looks for events that the latest training hasn't read.
 *
 * @param files Paths of files of events.
 * @param options `store`: where the service collects events, if it does. `seen`: what was read;
 *   default nothing.
 */
export async function findNewEvents(
  files: readonly string[],
  { store, seen }: { store?: Pick<EventStore, "events" | "now">; seen?: Seen },
): Promise<NewEvents> {
  const stamps = Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await stampOf(file)] as const)),
  );
  // What arrives while it is read is counted again next time, rather than never.
  const received = store?.now() ?? seen?.received ?? 0;
  let collected = 0;
  if (store) { for await (const _ of store.events({ since: seen?.received })) collected++; }
  return {
    seen: { files: stamps, received },
    files: files.filter((file) => stamps[file] !== seen?.files[file]),
    collected,
  };
}

/** Changes with the file, as long as clocks go forwards. */
async function stampOf(file: string): Promise<string> {
  const { size, mtime } = await Deno.stat(file);
  return `${size} bytes, ${mtime?.toISOString() ?? "no time"}`;
}
