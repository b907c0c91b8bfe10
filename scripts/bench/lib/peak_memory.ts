import process from "node:process";

/**
 * The most resident memory of this process so far, in bytes. On Linux since it became this program:
 * `getrusage` would count the memory of the parent that started it. Elsewhere by `getrusage`.
 */
export function peakBytes(): number {
  if (Deno.build.os !== "linux") return 1024 * process.resourceUsage().maxRSS;
  const status = Deno.readTextFileSync("/proc/self/status");
  return 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]);
}
