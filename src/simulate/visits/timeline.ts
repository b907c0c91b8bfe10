import { SECONDS_PER_HOUR } from "../../base/time.ts";
import type { SimulationPlan } from "../parameters/options.ts";

/** The code of a type of event: its position in the list of types. */
export type EventCode = 0 | 1 | 2 | 3;
/** A user views a product. */
export const VIEW = 0;
/** A user adds a product to the cart. */
export const CART = 1;
/** A user removes a product from the cart. */
export const REMOVAL = 2;
/** A user buys a product. */
export const PURCHASE = 3;

/** The numbers of a row: second since the start, event code, product, user id, session number. */
const ROW = 5;

/** Rows of one hour. */
export interface HourOfRows {
  /** Row by row: second since the start, event code, product, user id and session number. */
  readonly data: Uint32Array;
  /** Where each row starts, in order of time. */
  readonly positions: Uint32Array;
}

interface Rows {
  data: Uint32Array<ArrayBuffer>;
  size: number;
}

/**
 * Rows buffered until their hour, because sessions overlap. Only future rows are held, so memory
 * doesn't grow with the length of the simulation.
 */
export class Timeline {
  readonly #end: number;
  readonly #hours = new Map<number, Rows>();

  constructor({ days }: SimulationPlan) {
    this.#end = days * 24 * SECONDS_PER_HOUR;
  }

  /** Adds a row; rows after the simulation's end are dropped. */
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

  /** The number of rows in an hour so far. */
  countIn(hour: number): number {
    return this.#hours.get(hour)?.size ?? 0;
  }

  /** Removes and returns an hour's rows. */
  take(hour: number): HourOfRows {
    const { data, size } = this.#rowsOf(hour);
    this.#hours.delete(hour);
    // Time and position in one number, so that rows of the same second keep their order.
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
