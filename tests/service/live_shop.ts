import type { z } from "zod";
import type { Artifact } from "../../src/artifact/load.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Exposures } from "../../src/service/exposures/exposures.ts";
import type { Handler } from "../../src/service/http/exchange.ts";
import { Metrics } from "../../src/service/observability/metrics.ts";
import { Placements } from "../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../src/service/placements/definition/schema.ts";
import { Protection, type ProtectionOptions } from "../../src/service/protection/protection.ts";
import { experimentsFile } from "../../src/service/schema/experiments.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { openEventStore, type StoreOptions } from "../../src/service/store/open_event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";

/** The token of the shop's own program in tests. */
export const API_TOKEN = "0123456789abcdef";

/** The header of a request by the shop's own program. */
export const AUTHORIZED = { authorization: `Bearer ${API_TOKEN}` } as const;

/** Protection that lets in the shop's own program. */
export function protectedBy(options: ProtectionOptions = {}): Protection {
  return new Protection({ apiTokens: [API_TOKEN], ...options });
}

/** Sends a request to a path of a service. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/**
 * Sends requests to a handler without a port.
 *
 * @param headers Of requests that have none of their own. Default the shop's own program's.
 */
export function askerOf(handler: Handler, headers: HeadersInit = AUTHORIZED): Ask {
  return async (path, init) =>
    await handler(new Request(`http://shop.test${path}`, { headers, ...init }));
}

/** A service without a port, its store in memory, and ways to send it requests. */
export interface LiveShop {
  readonly store: EventStore;
  readonly artifact: Artifact;
  /** Stores what users are shown. Absent unless the test says so. */
  readonly exposures?: Exposures;
  readonly ask: Ask;
  /** Sends a GET request and reads the answer's JSON. */
  // deno-lint-ignore no-explicit-any
  get(path: string): Promise<any>;
  /** Sends a value as JSON, or text as it is, and reads the answer's JSON. */
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** An answer's status and JSON. */
export interface Answer {
  readonly status: number;
  // deno-lint-ignore no-explicit-any
  readonly body: any;
}

/** Artifacts don't change, so all tests of a file can share one. */
const tiny = tinyArtifact();

/** Runs a test with the tiny shop served. */
export async function withLiveShop(
  run: (shop: LiveShop) => Promise<void>,
  { artifact, placements, exposures: isShownStored = false, experiments, ...options }:
    & StoreOptions
    & {
      artifact?: Artifact;
      /** The content of a valid `placements.json`. Default none. */
      placements?: z.input<typeof placementsFile>;
      /** Whether what users are shown is stored. Default no. */
      exposures?: boolean;
      /** The content of a valid `experiments.json`. Default none. */
      experiments?: z.input<typeof experimentsFile>;
    } = {},
): Promise<void> {
  using store = await openEventStore({ path: ":memory:", ...options });
  const metrics = new Metrics();
  await using exposures = isShownStored
    ? new Exposures(store, {
      online: metrics.online,
      onLost: (_, error) => {
        throw error;
      },
    })
    : undefined;
  const served = artifact ?? await tiny;
  const handler = createHandler(served, {
    ...{ store, metrics, exposures, tallyAgeMs: 0, protection: protectedBy() },
    ...(experiments && { experiments: experimentsFile.parse(experiments) }),
    ...(placements && { placements: new Placements(placementsFile.parse(placements)) }),
  });
  const ask = askerOf(handler);
  await run({
    store,
    artifact: served,
    exposures,
    ask,
    get: async (path) => await (await ask(path)).json(),
    async send(method, path, body) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const response = await ask(path, { method, body: text });
      return { status: response.status, body: await response.json() };
    },
  });
}

/** Asserts that a GET request is refused, and that the problem document names the parameter. */
export async function assertRefused(
  ask: Ask,
  path: string,
  { parameter, message }: { parameter: string; message: string },
): Promise<void> {
  const response = await ask(path);
  assertEquals(response.headers.get("content-type"), "application/problem+json");
  const { detail, allowed: _, ...problem } = await response.json();
  assertStringIncludes(detail, message);
  assertEquals([response.status, problem], [400, {
    type: "about:blank",
    title: "Bad Request",
    status: 400,
    instance: path.split("?")[0],
    parameter,
  }]);
}

/** The product ids of a list. */
export function idsOf({ items }: { items: readonly { productId: string }[] }): string[] {
  return items.map(({ productId }) => productId);
}
