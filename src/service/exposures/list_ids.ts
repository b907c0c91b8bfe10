import { createHmac } from "node:crypto";
import { Buffer } from "node:buffer";
import { Cache } from "../../base/cache.ts";
import type { EventStore } from "../store/event_store.ts";

/** What made a list, as its id says it. */
export interface ListOrigin {
  /** The placement that was asked for; absent for a list without one. */
  readonly placement?: string;
  /** The experiment that the list belongs to, if any; then it has an `arm`. */
  readonly experiment?: string;
  readonly arm?: string;
  /** The model of the list's first step. */
  readonly model: string;
  /** How many places come before the list's first. Default 0. */
  readonly offset?: number;
  /** The probability of each product at its place, given those before. Default all are certain. */
  readonly propensities?: readonly number[];
}

/** What the id of a list says. */
export interface ReadListId extends ListOrigin {
  /** Names the list; short. */
  readonly listId: string;
  /** When it was made: milliseconds since 1970-01-01 UTC. */
  readonly made: number;
}

/** Characters of a signature: 96 bits. */
const SIGNATURE_LENGTH = 16;

/** Digits of propensities in an id. */
const DIGITS = 6;

/** Milliseconds in base 36 have 8 digits until 2059. */
const TIME_LENGTH = 8;
const UNIQUE = /^[0-9a-z]{8}[0-9a-z]{14}$/;

/** How many origins are remembered as they were read. */
const MOST_READ = 1000;

/**
 * Makes and reads ids of lists. An id says what made the list and is signed with a key that all
 * servers of a store share, so that each can read the ids of the others. Nothing is stored for a
 * list that nobody sees. The part before the first dot names the list.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ids = new ListIds("a secret of the store");
 * const id = ids.next(ids.stampOf({ model: "als", placement: "home" }));
 * const { model, placement } = ids.read(id)!;
 * assertEquals([model, placement], ["als", "home"]);
 * assertEquals(new ListIds("another secret").read(id), undefined);
 * ```
 */
export class ListIds {
  readonly #key: string;
  readonly #now: () => number;
  readonly #origins = new Cache<ListOrigin>(MOST_READ);
  readonly #process = randomDigits(9);
  #count = FIRST_COUNT;
  /** The start of the ids of a millisecond. */
  #start = "";
  #startOf = -1;

  /** @param now The clock. Default `Date.now`. */
  constructor(key: string, now: () => number = Date.now) {
    this.#key = key;
    this.#now = now;
  }

  /** The part of an id that all lists of an origin share. */
  stampOf({ placement, experiment, arm, model, offset, propensities }: ListOrigin): string {
    // Of the places that something was left to chance for.
    const chances = propensities?.flatMap((propensity, i) =>
      propensity === 1 ? [] : [[i, Number(propensity.toPrecision(DIGITS))]]
    );
    const origin = JSON.stringify({
      ...{ m: model, p: placement, e: experiment, a: arm },
      ...(offset && { o: offset }),
      ...(chances?.length && { q: chances }),
    });
    const text = Buffer.from(origin).toString("base64url");
    return `${text}.${this.#sign(text)}`;
  }

  /** A new id of a list. */
  next(stamp: string): string {
    const now = Math.floor(this.#now());
    if (now !== this.#startOf) {
      this.#startOf = now;
      this.#start = now.toString(36).padStart(TIME_LENGTH, "0") + this.#process;
    }
    if (++this.#count === LAST_COUNT) this.#count = FIRST_COUNT;
    return `${this.#start}${this.#count.toString(36)}.${stamp}`;
  }

  /** What an id says; undefined if no server of this store made it. */
  read(id: string): ReadListId | undefined {
    const end = id.indexOf(".");
    const listId = id.slice(0, end);
    if (end < 0 || !UNIQUE.test(listId)) return undefined;
    const origin = this.#readStamp(id.slice(end + 1));
    return origin && { listId, made: parseInt(listId.slice(0, TIME_LENGTH), 36), ...origin };
  }

  #readStamp(stamp: string): ListOrigin | undefined {
    const known = this.#origins.get(stamp);
    if (known) return known;
    const [text, signature, ...more] = stamp.split(".");
    if (more.length > 0 || signature !== this.#sign(text)) return undefined;
    const { m, p, e, a, o, q }: Written = JSON.parse(Buffer.from(text, "base64url").toString());
    const origin: ListOrigin = {
      model: m,
      ...(p !== undefined && { placement: p }),
      ...(e !== undefined && { experiment: e, arm: a }),
      ...(o !== undefined && { offset: o }),
      ...(q !== undefined && { propensities: dense(q) }),
    };
    this.#origins.set(stamp, origin);
    return origin;
  }

  #sign(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("base64url")
      .slice(0, SIGNATURE_LENGTH);
  }
}

/** What makes and reads the ids of a store's lists. */
export async function readListIds(
  store: Pick<EventStore, "listKey" | "now">,
): Promise<ListIds> {
  return new ListIds(await store.listKey(), () => store.now());
}

/** An origin as it is written: its fields by their first letters, `q` for propensities. */
interface Written {
  readonly m: string;
  readonly p?: string;
  readonly e?: string;
  readonly a?: string;
  readonly o?: number;
  readonly q?: readonly (readonly [place: number, propensity: number])[];
}

function dense(propensities: NonNullable<Written["q"]>): number[] {
  const all: number[] = new Array((propensities.at(-1)?.[0] ?? -1) + 1).fill(1);
  for (const [place, propensity] of propensities) all[place] = propensity;
  return all;
}

/** Lists of a process are counted in five digits: none is used twice within a millisecond. */
const FIRST_COUNT = 36 ** 4;
const LAST_COUNT = 36 ** 5;

/** Random digits in base 36, that tell processes apart. */
function randomDigits(count: number): string {
  const values = crypto.getRandomValues(new Uint32Array(count));
  return Array.from(values, (value) => (value % 36).toString(36)).join("");
}
