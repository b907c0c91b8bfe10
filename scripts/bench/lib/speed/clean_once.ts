/** Reads and cleans a file of events and prints the same figures as `peers/clean.py`, as JSON. */
import process from "node:process";
import { cleanEvents } from "../../../../src/events/clean/clean.ts";
import { readEvents } from "../../../../src/events/read/read.ts";
import { peakBytes } from "../peak_memory.ts";

/** The figures of one run; all but time and memory must be the same for a peer. */
export interface Cleaning {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly cartsCancelled: number;
  /** The sum of all ratings. */
  readonly ratings: number;
  /** CPU time since the process's start. */
  readonly cpuSeconds: number;
  /** Peak resident memory. */
  readonly peakBytes: number;
}

if (import.meta.main) {
  const { events, report } = cleanEvents(await readEvents(Deno.args));
  const { rowsIn, rowsOut, cartsCancelled } = report;
  const ratings = events.getColumn("rating").sum();
  const { user, system } = process.cpuUsage();
  const cpuSeconds = (user + system) / 1e6;
  const cleaning: Cleaning = {
    rowsIn,
    rowsOut,
    cartsCancelled,
    ratings,
    cpuSeconds,
    peakBytes: peakBytes(),
  };
  console.log(JSON.stringify(cleaning));
}
