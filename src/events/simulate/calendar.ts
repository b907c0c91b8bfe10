import type { Random } from "../../linalg/random.ts";
import { DAY, HOUR, type SimulationPlan } from "./options.ts";
import { REAL_FIGURES } from "./real_figures.ts";

const BUSIEST = Math.max(...REAL_FIGURES.hours);

/**
 * Which share of the rows that are left at the beginning of an hour belongs into it, so that hours of the day and
 * days of the week get the shares of the real shop. The last hour's is 1.
 */
export function sharesOfRest({ days, startTime }: SimulationPlan): Float64Array {
  const shares = new Float64Array(24 * days);
  let rest = 0;
  for (let hour = shares.length - 1; hour >= 0; hour--) {
    const day = weekday(startTime + hour * HOUR);
    const share = REAL_FIGURES.weekdays[day] * REAL_FIGURES.hours[hour % 24];
    rest += share;
    shares[hour] = share / rest;
  }
  return shares;
}

/** The day of the week, Monday being 0; 1970 began on a Thursday. */
function weekday(time: number): number {
  return (Math.floor(time / DAY) + 3) % 7;
}

/**
 * Whether somebody would come to the shop at this time, going by the hour of the day: always in the busiest
 * hour, every eighth time in the quietest.
 *
 * @param time Seconds since a midnight.
 */
export function isConvenient(time: number, random: Random): boolean {
  return random.next() * BUSIEST < REAL_FIGURES.hours[Math.floor(time / HOUR) % 24];
}
