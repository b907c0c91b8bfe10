import type { Connection } from "./client_address.ts";

/** The context of a request while it is answered. It may have no address, as in tests. */
export interface Exchange extends Connection {
  /** The path of the route that answered, with its braces; set by the router. */
  route?: string;
  /** When the request arrived, on the clock of `performance.now`. */
  readonly started?: number;
}

/** Answers requests; needs no port. */
export type Handler = (request: Request, exchange?: Exchange) => Response | Promise<Response>;
