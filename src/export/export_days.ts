import { MS_PER_DAY, MS_PER_HOUR } from "../base/time.ts";
import { InputError } from "../base/input_error.ts";
import type { EventStore } from "../service/store/event_store.ts";
import type { Destination } from "./destination.ts";
import { eventLine } from "./event_line.ts";

/** The file that says which days are exported; readers skip it because of its underscore. */
export const MARK = "_exported.json";

/** How much text waits for its part at most, over all days; in characters. */
const MOST_WAITING = 64e6;

/** Days that begin at 00:00 UTC, as `2026-11-28`. */
export type Day = string;

/** What {@linkcode exportDays} may be told. */
export interface ExportOptions {
  /** The first day. Default the day after the last one exported; at first, that of all events. */
  readonly from?: Day;
  /** How many days the store keeps events. Default forever. */
  readonly retentionDays?: number;
  /** How much text waits before a part is written; in characters. Default 64 million. */
  readonly mostWaiting?: number;
}

/** What was exported. */
export interface Exported {
  /** How many days are complete that weren't before, or were exported again. */
  readonly days: number;
  readonly events: number;
  readonly parts: number;
  /** The last day that is complete; undefined if none is. */
  readonly through?: Day;
}

/**
 * Writes events to a destination as compressed NDJSON, by the day that they arrived on:
 * `received=2026-11-28/part-00000.ndjson.gz`. A day is exported once, when it has been over for an
 * hour, so that what other machines still stored of it is there. `_exported.json`, written last,
 * says through which day; if a run is killed before, the next one writes its days again. The same
 * events make the same files.
 *
 * @throws {InputError} If the destination fails, or its mark can't be read.
 * @throws {StoreError} If the store fails.
 */
export async function exportDays(
  store: EventStore,
  destination: Destination,
  { from, retentionDays = Infinity, mostWaiting = MOST_WAITING }: ExportOptions = {},
): Promise<Exported> {
  const through = await readMark(destination, dayOf(store.now()));
  const next = through === undefined ? undefined : dayOf(startOf(through) + MS_PER_DAY);
  const first = from ?? next;
  const last = dayOf(store.now() - MS_PER_HOUR - MS_PER_DAY);
  if (from !== undefined) {
    checkFrom(from, { next, last, kept: store.now() - retentionDays * MS_PER_DAY });
  }
  if (first !== undefined && first > last) return { days: 0, events: 0, parts: 0, through };
  const since = first === undefined ? undefined : startOf(first);
  const { products } = await store.productChanges();
  const parts = new DayParts(destination, mostWaiting);
  let events = 0;
  for await (const event of store.events({ since })) {
    const day = dayOf(event.received);
    if (day > last) continue;
    await parts.add(day, eventLine(event, products.get(event.productId)));
    events++;
  }
  const counts = await parts.finish();
  const days = daysBetween(first ?? least(counts.keys()) ?? last, last);
  for (const day of days) {
    await removeFrom(destination, day, counts.get(day) ?? 0);
  }
  const mark = new TextEncoder().encode(`${JSON.stringify({ through: last })}\n`);
  await destination.write(MARK, mark);
  const written = counts.values().reduce((sum, count) => sum + count, 0);
  return { days: days.length, events, parts: written, through: last };
}

/** Days that are exported again replace what was exported of them. */
function checkFrom(
  from: Day,
  { next, last, kept }: { next?: Day; last: Day; kept: number },
): void {
  if (from > last) {
    throw new InputError(
      `Cannot export from ${from} on: it must be a day that has been over for an hour (UTC), ` +
        `${last} or earlier`,
    );
  }
  if (startOf(from) < kept) {
    throw new InputError(
      `Cannot export from ${from} on: the store has dropped events from before ` +
        `${new Date(kept).toISOString()} (RETENTION_DAYS), and their files would be lost; export ` +
        `from ${dayOf(kept + MS_PER_DAY)} on, or from a later day`,
    );
  }
  if (next === undefined || from <= next) return;
  throw new InputError(
    `Cannot export from ${from} on: days from ${next} on aren't exported yet; export from ` +
      `${next} on, or from an earlier day`,
  );
}

/** Gathers lines by day and writes a day's as a part when too many wait. */
class DayParts {
  readonly #destination: Destination;
  readonly #most: number;
  readonly #waiting = new Map<Day, { lines: string[]; size: number }>();
  readonly #counts = new Map<Day, number>();
  #size = 0;

  constructor(destination: Destination, most: number) {
    this.#destination = destination;
    this.#most = most;
  }

  async add(day: Day, line: string): Promise<void> {
    const waiting = this.#waiting.getOrInsertComputed(day, () => ({ lines: [], size: 0 }));
    waiting.lines.push(line);
    waiting.size += line.length;
    this.#size += line.length;
    if (this.#size <= this.#most) return;
    const [largest] = [...this.#waiting].reduce((a, b) => b[1].size > a[1].size ? b : a);
    await this.#write(largest);
  }

  /** @returns How many parts each day has. */
  async finish(): Promise<ReadonlyMap<Day, number>> {
    for (const day of [...this.#waiting.keys()].sort()) await this.#write(day);
    return this.#counts;
  }

  async #write(day: Day): Promise<void> {
    const { lines, size } = this.#waiting.get(day)!;
    this.#waiting.delete(day);
    this.#size -= size;
    const part = this.#counts.get(day) ?? 0;
    await this.#destination.write(keyOf(day, part), await gzip(lines.join("")));
    this.#counts.set(day, part + 1);
  }
}

/** Removes a day's parts from a number on, which an earlier run left there. */
async function removeFrom(destination: Destination, day: Day, first: number): Promise<void> {
  for (let part = first; await destination.has(keyOf(day, part)); part++) {
    await destination.remove(keyOf(day, part));
  }
}

async function readMark(destination: Destination, today: Day): Promise<Day | undefined> {
  const bytes = await destination.read(MARK);
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  const day = /^\{"through":"(\d{4}-\d\d-\d\d)"\}\s*$/.exec(text)?.[1];
  if (day !== undefined && isDay(day) && day <= today) return day;
  throw new InputError(
    `Cannot export: ${destination.name}/${MARK} must be {"through":"2026-11-28"}, the last day ` +
      `exported, it is ${JSON.stringify(text.slice(0, 100))}; correct it, or remove it to export ` +
      "all days again",
  );
}

/** Whether a text is a day that there is: `2026-02-30` is none. */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? startOf(text) : NaN;
  return Number.isFinite(ms) && dayOf(ms) === text;
}

function keyOf(day: Day, part: number): string {
  return `received=${day}/part-${String(part).padStart(5, "0")}.ndjson.gz`;
}

function dayOf(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}

function startOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let at = startOf(first); at <= startOf(last); at += MS_PER_DAY) days.push(dayOf(at));
  return days;
}

function least(days: Iterable<Day>): Day | undefined {
  return [...days].sort().at(0);
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}
