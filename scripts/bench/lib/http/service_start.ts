import { startService } from "./service_process.ts";

const MEGABYTE = 1024 * 1024;

/** What the start of a service takes. */
export interface StartFigures {
  /** From the process's start until its first answer has been read, in milliseconds. */
  readonly first_answer_ms: number;
  /** CPU time until then, in milliseconds. */
  readonly cpu_ms: number;
  /** Resident memory then, in units of 2²⁰ bytes. */
  readonly resident_mb: number;
}

/**
 * Starts the service, asks once, and stops it.
 *
 * @param options `artifacts`: the folder of the artifacts. `folder`: that of the store. `path`:
 *   what to ask. `main`: the program, by default this version's.
 */
export async function measureStart(
  { artifacts, folder, path, main }: {
    artifacts: string;
    folder: string;
    path: string;
    main?: string;
  },
): Promise<StartFigures> {
  const start = performance.now();
  await using server = await startService(artifacts, folder, { main });
  await (await fetch(`http://127.0.0.1:${server.port}${path}`)).text();
  return {
    first_answer_ms: performance.now() - start,
    cpu_ms: 1000 * await server.cpuSeconds(),
    resident_mb: await server.memory() / MEGABYTE,
  };
}
