/**
 * Reads and cleans a file of events in a process of its own and prints the figures that `peers/clean.py` prints
 * too, as JSON.
 */
import process from "node:process";
import { cleanEvents } from "../../../../src/events/clean/clean.ts";
import { readEvents } from "../../../../src/events/read/read.ts";

/** What one cleaning came to; another program that did the same work has the same figures, but for time and memory. */
export interface Cleaning {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly cartsCancelled: number;
  /** The sum of all ratings. */
  readonly ratings: number;
  /** Time of all processors since the process began. */
  readonly cpuSeconds: number;
  /** The most memory that the process held at once. */
  readonly peakBytes: number;
}

if (import.meta.main) {
  const { events, report } = cleanEvents(await readEvents(Deno.args));
  const { rowsIn, rowsOut, cartsCancelled } = report;
  const ratings = events.getColumn("rating").sum();
  const peakBytes = 1024 * process.resourceUsage().maxRSS;
  const { user, system } = process.cpuUsage();
  const cpuSeconds = (user + system) / 1e6;
  const cleaning: Cleaning = { rowsIn, rowsOut, cartsCancelled, ratings, cpuSeconds, peakBytes };
  console.log(JSON.stringify(cleaning));
}
