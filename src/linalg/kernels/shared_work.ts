import type { KernelInstance } from "./module.ts";

/** Calls of one kernel, shared by several threads. */
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
    | "addMultiplied"
    | "encode"
    | "learn"
    | "adam"
    | "adamRows";
  /** The parameters of each call, without the last one, {@linkcode SharedWork.scratch}. */
  readonly calls: readonly (readonly number[])[];
  /** Pointer to the number of the next call, which all threads increment. */
  readonly next: number;
  /** Pointer to this thread's private memory. Kernels that need none ignore it. */
  readonly scratch: number;
}

/** Claims and makes one call after another until none remain. */
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
