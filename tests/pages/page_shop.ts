import type { z } from "zod";
import type { Artifact } from "../../src/artifact/load.ts";
import { createPages } from "../../src/pages/mod.ts";
import { createHandler, type HandlerOptions } from "../../src/service/handler.ts";
import { Exposures } from "../../src/service/exposures/exposures.ts";
import type { Handler } from "../../src/service/http/exchange.ts";
import { Metrics } from "../../src/service/observability/metrics.ts";
import { experimentsFile } from "../../src/service/schema/experiments.ts";
import type { PagesOptions } from "../../src/service/serve.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assertEquals } from "../assert.ts";

/** The answer to a request for a page. */
export interface Shown {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** Pages without a port, their store in memory. */
export interface PageShop {
  readonly store: EventStore;
  readonly handler: Handler;
  /** Asks for a page below `/pages/`, as a browser on the service's own machine. */
  show(place: string, init?: RequestInit): Promise<Shown>;
  /** Sends a form from a page. */
  submit(place: string, fields: Readonly<Record<string, string>>, cookie?: string): Promise<Shown>;
}

/** How {@linkcode withPages} serves. */
export interface PageShopOptions extends Partial<PagesOptions> {
  readonly artifact?: Artifact;
  readonly protection?: HandlerOptions["protection"];
  readonly reload?: HandlerOptions["reload"];
  /** Whether what users are shown is stored. Default no. */
  readonly exposures?: boolean;
  /** The content of a valid `experiments.json`. Default none. */
  readonly experiments?: z.input<typeof experimentsFile>;
}

const tiny = tinyArtifact();

/** Runs a test with the pages of the tiny shop. */
export async function withPages(
  run: (shop: PageShop) => Promise<void>,
  { artifact, protection, reload, exposures: isShownStored, experiments, ...options }:
    PageShopOptions = {},
): Promise<void> {
  using store = await openEventStore({ path: ":memory:" });
  const metrics = new Metrics();
  await using exposures = isShownStored
    ? new Exposures(store, { online: metrics.online, onLost: () => {} })
    : undefined;
  const handler = createHandler(artifact ?? await tiny, {
    ...{ store, metrics, protection, reload, exposures, tallyAgeMs: 0 },
    ...(experiments && { experiments: experimentsFile.parse(experiments) }),
    pages: createPages({ host: "127.0.0.1", source: "", mode: "on", ...options }),
  });
  const show = async (place: string, init?: RequestInit) => {
    const response = await handler(new Request(`http://localhost/pages/${place}`, init));
    const { status, headers } = response;
    return { status, headers, html: await response.text() };
  };
  await run({
    ...{ store, handler, show },
    submit: (place, fields, cookie) =>
      show(place, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { "sec-fetch-site": "same-origin", ...(cookie && { cookie }) },
      }),
  });
}

/** The cookie that an answer sets, as the browser sends it back. */
export function cookieOf({ headers }: Shown): string {
  const [cookie] = headers.getSetCookie();
  return cookie.split(";")[0];
}

/** Asserts that a page is a form to sign in. */
export function assertAsksForToken({ status, html }: Shown): void {
  assertEquals([status, html.includes('name="token"')], [401, true]);
}
