import { isoTime, SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../base/time.ts";
import type { Random } from "../linalg/random.ts";
import { TYPES } from "../analysis/profile/events_profile.ts";
import { hash32 } from "./parameters/distributions.ts";
import type { SimulationPlan } from "./parameters/options.ts";
import type { ProductTexts } from "./products/product_texts.ts";
import { type HourOfRows, PURCHASE } from "./visits/timeline.ts";

const HEADER = "event_time,event_type,product_id,category_id,category_code,title,brand,price," +
  "user_id,user_session\n";
const CHUNK = 1 << 20;
/** Upper bound of a row's length in bytes. */
const ROW_LIMIT = 256;

/** Share of rows without a session. */
const SESSIONLESS = 0.00022;
/** Share of product-days for which the shop's log lacks the product's price. */
const UNPRICED = 0.0042;
/** Share of purchase rows that redeem a voucher. */
const VOUCHERS = 0.0001;

const encoder = new TextEncoder();
const NO_PRICE = encoder.encode("0.00,");
const VOUCHER = encoder.encode("-7.94,");
const TYPE_TEXTS = TYPES.map((type) => encoder.encode(` UTC,${type}`));
const UUID = encoder.encode("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx");
const DIGIT = UUID[0];
const [COMMA, COLON, NEWLINE, ZERO] = encoder.encode(",:\n0");
const HEX = encoder.encode("0123456789abcdef");

/** Writes rows as ASCII into a buffer that the caller takes whenever it is full. */
export class CsvWriter {
  readonly #plan: SimulationPlan;
  readonly #random: Random;
  readonly #texts: ProductTexts;
  #bytes = new Uint8Array(CHUNK + ROW_LIMIT);
  #end = 0;
  #hour = -1;
  #hourText = new Uint8Array(0);

  constructor(plan: SimulationPlan, texts: ProductTexts, random: Random) {
    this.#plan = plan;
    this.#random = random;
    this.#texts = texts;
    this.#copy(encoder.encode(HEADER));
  }

  /** Whether the buffer is full, so that the caller should {@linkcode CsvWriter.take} it. */
  get full(): boolean {
    return this.#end >= CHUNK;
  }

  /** Returns what was written since the last call. */
  take(): Uint8Array<ArrayBuffer> {
    const chunk = this.#bytes.slice(0, this.#end);
    this.#end = 0;
    return chunk;
  }

  /** Writes the row of an hour that starts at a position. */
  write({ data }: HourOfRows, position: number): void {
    const time = data[position];
    const type = data[position + 1];
    this.#time(time);
    this.#copy(TYPE_TEXTS[type]);
    this.#product(data[position + 2], type, Math.floor(time / SECONDS_PER_DAY));
    this.#number(data[position + 3]);
    this.#bytes[this.#end++] = COMMA;
    if (this.#random.next() >= SESSIONLESS) this.#uuid(data[position + 4]);
    this.#bytes[this.#end++] = NEWLINE;
  }

  #time(time: number): void {
    const hour = Math.floor(time / SECONDS_PER_HOUR);
    if (hour !== this.#hour) {
      const iso = isoTime(this.#plan.startTime + hour * SECONDS_PER_HOUR);
      this.#hourText = encoder.encode(iso.slice(0, 14).replace("T", " "));
      this.#hour = hour;
    }
    this.#copy(this.#hourText);
    const second = time % 60;
    this.#twoDigits((time % SECONDS_PER_HOUR - second) / 60);
    this.#bytes[this.#end++] = COLON;
    this.#twoDigits(second);
  }

  #product(product: number, type: number, day: number): void {
    const { bytes, start, price } = this.#texts;
    const voucher = type === PURCHASE && this.#random.next() < VOUCHERS;
    if (voucher || hash32(product, day ^ this.#plan.seed) < UNPRICED * 2 ** 32) {
      this.#copy(bytes, start[product], price[product]);
      this.#copy(voucher ? VOUCHER : NO_PRICE);
    } else {
      this.#copy(bytes, start[product], start[product + 1]);
    }
  }

  /** A version 4 UUID, determined by the session's number and the seed. */
  #uuid(session: number): void {
    let word = 0;
    let bits = 0;
    let remaining = 0;
    for (const mark of UUID) {
      if (mark !== DIGIT) {
        this.#bytes[this.#end++] = mark;
        continue;
      }
      if (remaining === 0) {
        bits = hash32(4 * session + word++, this.#plan.seed);
        remaining = 8;
      }
      this.#bytes[this.#end++] = HEX[bits & 15];
      bits >>>= 4;
      remaining--;
    }
  }

  #number(value: number): void {
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits++;
    for (let at = this.#end + digits - 1, rest = value; at >= this.#end; at--) {
      const shorter = Math.floor(rest / 10);
      this.#bytes[at] = ZERO + rest - 10 * shorter;
      rest = shorter;
    }
    this.#end += digits;
  }

  #twoDigits(value: number): void {
    const tens = Math.floor(value / 10);
    this.#bytes[this.#end++] = ZERO + tens;
    this.#bytes[this.#end++] = ZERO + value - 10 * tens;
  }

  #copy(from: Uint8Array, start = 0, end = from.length): void {
    for (let i = start; i < end; i++) this.#bytes[this.#end++] = from[i];
  }
}
