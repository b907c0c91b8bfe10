import { loadEvents } from "../../../src/events/load.ts";
import { toInteractions } from "../../../src/events/to_interactions.ts";
import { saveArtifact } from "../../../src/artifact/save.ts";
import { FALLBACK_MODEL } from "../../../src/artifact/manifest.ts";
import { MS_PER_DAY } from "../../../src/base/time.ts";
import { ShopClient } from "../../../src/client/mod.ts";
import type { ShopInteractions } from "../../../src/interactions/interactions.ts";
import { createRandom, shuffle } from "../../../src/linalg/random.ts";
import { algorithmNamed } from "../../../src/models/mod.ts";
import { serveArtifact } from "../../../src/service/serve.ts";
import { historyCsv } from "../../../src/simulate/live/history_csv.ts";
import type { LiveClock, LiveService } from "../../../src/simulate/live/live_days.ts";
import type { World } from "../../../src/simulate/live/world.ts";

/** How long lists are. */
const K = 10;

/** Days of what shoppers did before, which models are trained on. */
const HISTORY_DAYS = 28;

/** A service, its shoppers' way to it, and its clock. */
export interface LiveShop {
  readonly client: ShopClient;
  readonly clock: LiveClock;
  /** Whether its clock is set by the simulation. */
  readonly isTimed: boolean;
}

/** One that this process serves; disposing of it stops it. */
export interface OwnShop extends LiveShop, AsyncDisposable {
  readonly url: string;
}

/** Writes what a world's shoppers did before a time to a file. */
export async function writeHistory(file: string, world: World, end: number): Promise<void> {
  await Deno.writeTextFile(file, historyCsv(world, { days: HISTORY_DAYS, end }));
}

/**
 * Fits models to a file of events and saves them as an artifact.
 *
 * @param options `broken`: a model that takes each product for another one.
 */
export async function trainModels(
  directory: string,
  { file, models, served, broken }: {
    file: string;
    models: readonly string[];
    served: string;
    broken?: string;
  },
): Promise<void> {
  const { events } = await loadEvents([file]);
  const interactions = await toInteractions(events);
  const names = [...new Set([FALLBACK_MODEL, ...models])];
  const fitted = [];
  for (const name of names) {
    const model = await algorithmNamed(name).fit(
      name === broken ? withConfusedProducts(interactions) : interactions,
    );
    fitted.push({ name, options: {}, model });
  }
  await saveArtifact(directory, {
    ...{ interactions, models: fitted, defaultModel: served },
    facts: { sources: ["simulated shoppers"] },
  });
}

/** The same events, of other products: as if ids had been mixed up. */
function withConfusedProducts(interactions: ShopInteractions): ShopInteractions {
  const others = shuffle(
    Uint32Array.from({ length: interactions.itemIds.size }, (_, item) => item),
    createRandom(1),
  );
  return { ...interactions, items: interactions.items.map((item) => others[item]) };
}

/** How a shop is served. */
export interface ShopOptions {
  /** What its clock says at first: milliseconds since 1970-01-01 UTC. */
  readonly start: number;
  /** The file of its store. Default in memory. */
  readonly store?: string;
  /** The file of placements. Default none. */
  readonly placements?: string;
}

/** Serves an artifact on a free port of this machine, with a clock to set. */
export async function startShop(
  artifacts: string,
  { start, store = ":memory:", placements }: ShopOptions,
): Promise<OwnShop> {
  let now = start;
  const token = crypto.randomUUID();
  const serving = await serveArtifact(artifacts, {
    ...{ host: "127.0.0.1", port: 0 },
    store: { path: store, now: () => now },
    placements,
    // Shoppers do nothing that isn't because of a list, and say which.
    exposures: { attributionHours: 0 },
    protection: { apiTokens: [token] },
  });
  return {
    url: serving.url,
    client: new ShopClient({ url: serving.url, token }),
    clock: { set: (time) => now = time },
    isTimed: true,
    [Symbol.asyncDispose]: () => serving.stop(),
  };
}

/** A service elsewhere, whose clock can't be set: what shoppers do happens when it arrives. */
export function shopAt(url: string, token: string): LiveShop {
  return { client: new ShopClient({ url, token }), clock: { set() {} }, isTimed: false };
}

/**
 * Shoppers' way to a service, over HTTP.
 *
 * @param model Whose lists everyone gets. Default what the service chooses.
 */
export function overHttp({ client, isTimed }: LiveShop, model?: string): LiveService {
  const timed = (time: number) => isTimed ? { time } : {};
  return {
    async list(userId) {
      const { items, listId } = await client.recommend(userId, { k: K, model });
      return { productIds: items.map(({ productId }) => productId), listId };
    },
    async report({ userId, productIds, listId, time }, events) {
      if (listId !== undefined) {
        await client.sendImpressions([
          { listId, userId, productIds: [...productIds], ...timed(time) },
        ]);
      }
      if (events.length === 0) return;
      await client.sendEvents(events.map(({ time, ...event }) => ({ ...event, ...timed(time) })));
    },
  };
}

/** When a simulation begins whose last day ends before today: midnight UTC, in milliseconds. */
export function startOf(days: number): number {
  return (Math.floor(Date.now() / MS_PER_DAY) - days) * MS_PER_DAY;
}
