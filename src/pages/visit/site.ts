import type { ApiContext } from "../../service/api/route.ts";
import type { Exchange } from "../../service/http/exchange.ts";
import type { PagesOptions } from "../../service/serve.ts";
import type { Visitor } from "./visitor.ts";
import type { Ask } from "./ask.ts";
import type { Samples } from "../figures/samples.ts";

/** What outlives a reload of the artifact. */
export interface Lasting {
  /** The service's figures of the last minutes, from the first visit on. */
  samples?: Samples;
}

/** What all pages are made from. */
export interface Site {
  readonly api: ApiContext;
  readonly options: PagesOptions;
  readonly samples: Samples;
  /** Whether there is a demo of a shop. */
  readonly hasShop: boolean;
}

/** What Hono passes on with a request for a page. */
export interface PageEnvironment {
  Bindings: { exchange: Exchange };
  Variables: {
    visitor: Visitor;
    /** Asks the API, with the rights of the visitor. */
    ask: Ask;
    /** Whether there is a demo of a shop. */
    hasShop: boolean;
    /** The user that a visitor of the demo plays, once known. */
    shopper?: string;
  };
}
