import { InputError } from "../../../../src/base/input_error.ts";
import { sum } from "../../../../src/base/statistics.ts";

/** A request of a load. */
export interface PlannedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: string;
}

/** What to send to a server on this machine, and when to stop: by time or number, whichever comes first. */
export interface LoadPlan {
  readonly port: number;
  /** Each sends its next request when the last is answered. */
  readonly connections: number;
  readonly seconds: number;
  readonly most: number;
  /** Requests a second, evenly. Default as many as are answered. */
  readonly rate?: number;
  /**
   * How many requests come before, at the same rate, whose latency doesn't count: who sends is slow itself until it is
   * compiled, and so is the server while that takes one of two processors. Default 0.
   */
  readonly warmUp?: number;
  /** Sent one after another, from the first again after the last. */
  readonly requests: readonly PlannedRequest[];
  /** Sent along with each. Default nothing. */
  readonly token?: string;
}

/** What came of a load. */
export interface LoadResult {
  /** How many requests were answered, by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How many of the refused were told when to come back. */
  readonly retryAfter: number;
  readonly seconds: number;
  /** In milliseconds, from when a request was due. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly max: number };
}

const GENERATOR = new URL("./load_generator.ts", import.meta.url).pathname;
const CONFIG = new URL("../../../../deno.json", import.meta.url).pathname;

/**
 * Sends requests from a process of its own, so that the server doesn't share its processor with whoever asks.
 *
 * @throws {InputError} If the process fails; it shows what it said.
 */
export async function applyLoad(plan: LoadPlan): Promise<LoadResult> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-net=127.0.0.1", "--config", CONFIG, GENERATOR],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const input = ReadableStream.from([new TextEncoder().encode(JSON.stringify(plan))]);
  const [{ success, stdout, stderr }] = await Promise.all([
    process.output(),
    input.pipeTo(process.stdin).catch(() => {}),
  ]);
  const decoder = new TextDecoder();
  if (success) return JSON.parse(decoder.decode(stdout));
  throw new InputError(
    `Cannot measure under load: the process that sends must end well, it said:\n${
      decoder.decode(stderr).trim()
    }`,
  );
}

/** How many requests were answered in all. */
export function answeredOf({ statuses }: Pick<LoadResult, "statuses">): number {
  return sum(Object.values(statuses));
}

/** How many requests a second were answered as they should be. */
export function rateOf({ statuses, seconds }: LoadResult): number {
  return ((statuses["200"] ?? 0) + (statuses["202"] ?? 0)) / seconds;
}

/**
 * Makes sure that nothing else was answered than what was to be.
 *
 * @throws {InputError} If it was; names the statuses.
 */
export function requireAnswers(result: LoadResult, what: string): LoadResult {
  const others = Object.keys(result.statuses).filter((status) => !["200", "202"].includes(status));
  if (others.length === 0 && answeredOf(result) > 0) return result;
  throw new InputError(
    `Cannot measure ${what}: all must be answered 200 or 202, got ${
      JSON.stringify(result.statuses)
    }`,
  );
}
