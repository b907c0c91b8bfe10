import { SECONDS_PER_HOUR } from "../../base/time.ts";
import type { SimulationPlan } from "../parameters/options.ts";

/** The code of a type of event: its position in the list of types. */
export type EventCode = 0 | 1 | 2 | 3;
/** Somebody looks at a product. */
export const VIEW = 0;
/** Somebody puts a product into the cart. */
export const CART = 1;
/** Somebody takes a product out of the cart. */
export const REMOVAL = 2;
/** Somebody buys a product. */
export const PURCHASE = 3;

/** How many numbers a row has: second since the start, event code, product, user id, session number. */
const ROW = 5;

/** Rows of one hour. */
export interface HourOfRows {
  /** Second since the start, event code, product, user id and session number of one row after another. */
  readonly data: Uint32Array;
  /** Where each row begins, in the order of time. */
  readonly positions: Uint32Array;
}

interface Rows {
  data: Uint32Array<ArrayBuffer>;
  size: number;
}

/**
 * Rows that wait for their hour, since a session runs on while others begin. Only what lies in the future is
 * held, so memory doesn't grow with the length of the simulation.
 */
export class Timeline {
  readonly #end: number;
  readonly #hours = new Map<number, Rows>();

  constructor({ days }: SimulationPlan) {
    this.#end = days * 24 * SECONDS_PER_HOUR;
  }

  /** Adds a row; one after the simulation's end is dropped. */
  add(time: number, type: EventCode, product: number, userId: number, session: number): void {
    if (time >= this.#end) return;
    const rows = this.#rowsOf(Math.floor(time / SECONDS_PER_HOUR));
    if (rows.size * ROW === rows.data.length) rows.data = grow(rows.data);
    const at = ROW * rows.size++;
    rows.data[at] = time;
    rows.data[at + 1] = type;
    rows.data[at + 2] = product;
    rows.data[at + 3] = userId;
    rows.data[at + 4] = session;
  }

  /** How many rows there are so far in an hour. */
  countIn(hour: number): number {
    return this.#hours.get(hour)?.size ?? 0;
  }

  /** Gives back an hour's rows and forgets them. */
  take(hour: number): HourOfRows {
    const { data, size } = this.#rowsOf(hour);
    this.#hours.delete(hour);
    // Time first and position second, in one number, so that rows of one second keep their order.
    const keys = new Float64Array(size);
    for (let i = 0; i < size; i++) keys[i] = data[ROW * i] * size + i;
    keys.sort();
    const positions = new Uint32Array(size);
    for (let i = 0; i < size; i++) positions[i] = ROW * (keys[i] % size);
    return { data, positions };
  }

  #rowsOf(hour: number): Rows {
    let rows = this.#hours.get(hour);
    if (!rows) this.#hours.set(hour, rows = { data: new Uint32Array(64 * ROW), size: 0 });
    return rows;
  }
}

function grow(data: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * data.length);
  larger.set(data);
  return larger;
}
