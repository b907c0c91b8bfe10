/** What `make_lists_on_executor.ts` and the command that has a cluster run it say to each other. */

/** Changes with the messages, so that an outdated program on executors is noticed. */
export const PROTOCOL = 1;

/** The program's argument, as JSON in Base64: shells and SQL leave it as it is. */
export interface ExecutorRequest {
  readonly protocol: number;
  /** The folder of artifacts, or its address, that every executor can read. */
  readonly artifacts: string;
  /** Default the current one. */
  readonly version?: string;
  /** Options of `GET /recommend/:userId`. */
  readonly query: string;
  /** Whether only to check the request; the answer is one {@linkcode ExecutorCheck}. */
  readonly check?: boolean;
}

/** A line that the program reads: a user, and the events that show interest, oldest first. */
export interface UserLine {
  readonly user: string;
  /** Product, weight, and seconds since 1970-01-01 UTC. */
  readonly events: readonly { readonly p: string; readonly w: number; readonly t: number }[];
}

/** A line that it writes: the user's list, best first. */
export interface ListLine {
  readonly user: string;
  readonly strategy: string;
  readonly model: string;
  /** Product, score, and what put it there. */
  readonly items: readonly { readonly p: string; readonly s: number; readonly o?: string }[];
}

/** What can be answered, or why nothing can. */
export type ExecutorCheck =
  | {
    /** The artifact. */
    readonly version: string;
    readonly model: string;
    /** How events are weighed in it. */
    readonly eventWeights: {
      readonly view: number;
      readonly cart: number;
      readonly purchase: number;
    };
  }
  | { readonly error: string };

/** A request as the program's argument. */
export function encodeRequest(request: ExecutorRequest): string {
  return new TextEncoder().encode(JSON.stringify(request)).toBase64();
}

/** The request in an argument. */
export function decodeRequest(argument: string): ExecutorRequest {
  return JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(argument)));
}
