import { InputError } from "../../../../src/base/input_error.ts";
import { sum } from "../../../../src/base/statistics.ts";
import { requireCommand } from "../../../lib/run_command.ts";

/** A request of a load. */
export interface PlannedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body?: string;
}

/**
 * What to send to a server on this machine; ends after `seconds` or `most` requests, whichever
 * comes first.
 */
export interface LoadPlan {
  readonly port: number;
  /** Each connection sends its next request when the last one is answered. */
  readonly connections: number;
  readonly seconds: number;
  /** The maximum number of requests. */
  readonly most: number;
  /** Requests per second, evenly spaced. Default: as fast as they are answered. */
  readonly rate?: number;
  /**
   * Number of requests sent first, at the same rate, whose latency doesn't count. Until the load
   * generator's code is compiled it is slow, and the compiler competes with the server for the CPU.
   * Default 0.
   */
  readonly warmUp?: number;
  /** Sent in order; after the last one comes the first again. */
  readonly requests: readonly PlannedRequest[];
  /** Bearer token sent with every request. Default: none. */
  readonly token?: string;
}

/** How long answers took, in milliseconds: percentiles, and the longest. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What a load measured. */
export interface LoadResult {
  /** Number of answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Number of answers with 200 or 202 before the load's end; later ones are only waited for. */
  readonly useful: number;
  /** Number of 503 answers that have a `Retry-After` header. */
  readonly retryAfter: number;
  readonly seconds: number;
  /** Measured from when a request was due. */
  readonly latency: Latency;
}

const GENERATOR = new URL("./load_generator.ts", import.meta.url).pathname;

/**
 * Sends requests from a process of its own, so that server and client don't share an event loop.
 *
 * @throws {InputError} If the process fails; the message has its standard error.
 */
export async function applyLoad(plan: LoadPlan): Promise<LoadResult> {
  const args = ["run", "--allow-net=127.0.0.1", GENERATOR];
  const options = { input: JSON.stringify(plan) };
  return JSON.parse(await requireCommand("generate load", Deno.execPath(), args, options));
}

/** How many requests were answered, with any status. */
export function answeredOf({ statuses }: Pick<LoadResult, "statuses">): number {
  return sum(Object.values(statuses));
}

/** How many requests per second were answered with 200 or 202. */
export function rateOf({ statuses, seconds }: LoadResult): number {
  return ((statuses["200"] ?? 0) + (statuses["202"] ?? 0)) / seconds;
}

/**
 * Checks that every request was answered with 200 or 202.
 *
 * @param what The load, for the message.
 * @throws {InputError} If one wasn't, or there were none; the message has the statuses.
 */
export function requireAnswers(result: LoadResult, what: string): LoadResult {
  const others = Object.keys(result.statuses).filter((status) => !["200", "202"].includes(status));
  if (others.length === 0 && answeredOf(result) > 0) return result;
  const statuses = JSON.stringify(result.statuses);
  throw new InputError(`Cannot measure ${what}: all answers must be 200 or 202, got ${statuses}`);
}
