import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from "../../base/time.ts";
import type { Random } from "../../linalg/random.ts";
import { cumulate } from "../parameters/distributions.ts";
import type { SimulationPlan } from "../parameters/options.ts";
import { REAL_FIGURES } from "../parameters/real_figures.ts";

const BUSIEST = Math.max(...REAL_FIGURES.hours);

/**
 * Plans how many rows each hour should have, so that hours of the day and days of the week get the
 * real shop's shares. A surplus or deficit is compensated within a day; the last hour compensates
 * all of it.
 *
 * @returns A function of the hour, from 0, and of the number of rows before it.
 */
export function planHours(
  { events, days, startTime }: SimulationPlan,
): (hour: number, rowsBefore: number) => number {
  const hours = 24 * days;
  const shares = cumulate(Float64Array.from({ length: hours }, (_, hour) => {
    const day = weekday(startTime + hour * SECONDS_PER_HOUR);
    return REAL_FIGURES.weekdays[day] * REAL_FIGURES.hours[hour % 24];
  }));
  // planned = (rows due a day from now − rows so far) · this hour's share of that day
  return (hour, rowsBefore) => {
    const end = Math.min(hour + 24, hours);
    const due = end === hours ? events : events * shares[end] / shares[hours];
    const part = (shares[hour + 1] - shares[hour]) / (shares[end] - shares[hour]);
    return (due - rowsBefore) * part;
  };
}

/** The day of the week, Monday being 0; 1970 began on a Thursday. */
function weekday(time: number): number {
  return (Math.floor(time / SECONDS_PER_DAY) + 3) % 7;
}

/**
 * Decides whether a user would visit at this hour of the day: always in the busiest hour, one time
 * in eight in the quietest.
 *
 * @param time Seconds since a midnight.
 */
export function isConvenient(time: number, random: Random): boolean {
  return random.next() * BUSIEST < REAL_FIGURES.hours[Math.floor(time / SECONDS_PER_HOUR) % 24];
}
