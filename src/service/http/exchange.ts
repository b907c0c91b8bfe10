import type { Connection } from "./client_address.ts";

/** What goes along with a request while it is answered. Without an address it comes from nowhere. */
export interface Exchange extends Connection {
  /** The path of the route that answered, with its braces; set where one did. */
  route?: string;
  /** When the request was there, as `performance.now` tells it. */
  readonly started?: number;
}

/** Answers requests; pure, so that it runs without a port. */
export type Handler = (request: Request, exchange?: Exchange) => Response | Promise<Response>;
