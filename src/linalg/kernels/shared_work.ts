import type { KernelInstance } from "./module.ts";

/** Calls of one kernel that several threads share. */
export interface SharedWork {
  readonly kernel:
    | "gramOfRows"
    | "rotateRows"
    | "solveRows"
    | "solvePanel"
    | "nearestRows"
    | "normalProduct"
    | "sumParts"
    | "multiplyTransposed"
    | "addMultiplied";
  /** The parameters of each call but the last. */
  readonly calls: readonly (readonly number[])[];
  /** Where the number of the next call stands, for all threads. */
  readonly next: number;
  /** The last parameter, which some kernels don't take: memory that is this thread's alone. */
  readonly scratch: number;
}

/** Makes one call after another, until all are taken. */
export function runCalls(
  { kernels, memory }: KernelInstance,
  { kernel, calls, next, scratch }: SharedWork,
): void {
  const counter = new Int32Array(memory.buffer, next, 1);
  const run = kernels[kernel] as (...parameters: number[]) => void;
  while (true) {
    const call = Atomics.add(counter, 0, 1);
    if (call >= calls.length) return;
    run(...calls[call], scratch);
  }
}
