import process from "node:process";
import { secondsSince } from "../../../src/base/time.ts";

/** Wall-clock time and CPU time, in seconds. */
export interface Elapsed {
  readonly seconds: number;
  readonly cpu_seconds: number;
}

/** Starts measuring; each call of the returned function gives the time since then. */
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
