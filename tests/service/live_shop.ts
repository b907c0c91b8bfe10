import type { Artifact } from "../../src/artifact/load.ts";
import { createHandler } from "../../src/service/handler.ts";
import { Protection, type ProtectionOptions } from "../../src/service/protection/protection.ts";
import {
  type EventStore,
  openEventStore,
  type StoreOptions,
} from "../../src/service/store/event_store.ts";
import { tinyArtifact } from "../artifact/tiny_shop.ts";

/** What the tests' services know their own program by. */
export const API_TOKEN = "0123456789abcdef";

/** The header of a request by the shop's own program. */
export const AUTHORIZED = { authorization: `Bearer ${API_TOKEN}` } as const;

/** Lets in the shop's own program. */
export function protectedBy(options: ProtectionOptions = {}): Protection {
  return new Protection({ apiTokens: [API_TOKEN], ...options });
}

/** A service without a port, its store in memory, and ways to ask it. */
export interface LiveShop {
  readonly store: EventStore;
  readonly artifact: Artifact;
  /** Asks as the shop's own program, unless the request says otherwise. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Asks and reads the answer's JSON. */
  // deno-lint-ignore no-explicit-any
  get(path: string): Promise<any>;
  /** Sends JSON (or text as it is) and reads the answer. */
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** A status and the JSON that came with it. */
export interface Answer {
  readonly status: number;
  // deno-lint-ignore no-explicit-any
  readonly body: any;
}

/** Artifacts don't change, so one does for all tests of a file. */
const tiny = tinyArtifact();

/** Runs a test with the tiny shop served. */
export async function withLiveShop(
  run: (shop: LiveShop) => Promise<void>,
  { artifact, ...options }: StoreOptions & { artifact?: Artifact } = {},
): Promise<void> {
  using store = await openEventStore({ path: ":memory:", ...options });
  const served = artifact ?? await tiny;
  const handler = createHandler(served, { store, tallyAgeMs: 0, protection: protectedBy() });
  const ask = (path: string, init?: RequestInit) =>
    Promise.resolve(
      handler(new Request(`http://shop.test${path}`, { headers: AUTHORIZED, ...init })),
    );
  await run({
    store,
    artifact: served,
    ask,
    get: async (path) => await (await ask(path)).json(),
    async send(method, path, body) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const response = await ask(path, { method, body: text });
      return { status: response.status, body: await response.json() };
    },
  });
}

/** The product ids of a list. */
export function idsOf({ items }: { items: readonly { productId: string }[] }): string[] {
  return items.map(({ productId }) => productId);
}
