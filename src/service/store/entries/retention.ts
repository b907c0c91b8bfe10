import { MS_PER_DAY } from "../../../base/time.ts";

/** How long events are kept. Times are milliseconds since 1970-01-01 UTC. */
export class Retention {
  /** In milliseconds; undefined for forever. */
  readonly expireIn: number | undefined;
  /** The clock. */
  readonly now: () => number;

  /** @param options `days`: for how many days; default forever. `now`: the clock. */
  constructor({ days, now }: { days?: number; now: () => number }) {
    this.expireIn = days === undefined ? undefined : days * MS_PER_DAY;
    this.now = now;
  }

  /** When an event that was received then expires; `Infinity` for never. */
  expiryOf(received: number): number {
    return received + (this.expireIn ?? Infinity);
  }

  /** How many milliseconds something that was received then is still kept; undefined: forever. */
  remaining(received: number): number | undefined {
    const expiry = this.expiryOf(received);
    return expiry === Infinity ? undefined : Math.max(1, expiry - this.now());
  }

  /** Events received before then have expired, though they may not be deleted yet. */
  oldest(): number {
    return this.expireIn === undefined ? 0 : this.now() - this.expireIn;
  }
}
