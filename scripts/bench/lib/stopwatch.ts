import process from "node:process";
import { secondsSince } from "../../../src/base/time.ts";

/** Time on the clock and time of all processors, in seconds. */
export interface Elapsed {
  readonly seconds: number;
  readonly cpu_seconds: number;
}

/** Begins to measure; what it gives back says how much time has gone by since, however often it is asked. */
export function stopwatch(): () => Elapsed {
  const start = performance.now();
  const { user, system } = process.cpuUsage();
  return () => {
    const now = process.cpuUsage();
    return {
      seconds: secondsSince(start),
      cpu_seconds: (now.user + now.system - user - system) / 1e6,
    };
  };
}
