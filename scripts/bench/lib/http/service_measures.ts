import { InputError } from "../../../../src/base/input_error.ts";
import {
  answeredOf,
  applyLoad,
  type Latency,
  type LoadPlan,
  rateOf,
  requireAnswers,
} from "./load.ts";
import type { ServerProcess } from "./server_process.ts";
import {
  eventRequests,
  filterRequests,
  listRequests,
  sessionRequests,
  type ShopIds,
} from "./service_requests.ts";

/** Figures by metric. */
export type Figures = Readonly<Record<string, number>>;

/** What to measure, and for how long. */
export interface MeasureOptions {
  readonly shop: ShopIds;
  /** The longest that each load lasts. */
  readonly seconds: number;
  /** Number of concurrent connections. */
  readonly connections: number;
  /** Number of users who request their list repeatedly. */
  readonly regulars: number;
  /** A token that may store events. */
  readonly token: string;
}

/** Parts of the load generator are compiled only after 90,000 requests. */
const WARM_UP = 100_000;

/** For loads that end by time. */
const MOST = 1_000_000;

const EVENTS_PER_BATCH = 1000;
const BATCHES = 16;
const SENDERS = 4;

type Load = Omit<LoadPlan, "port">;

/**
 * Measures a load: requests per second, and requests per second of the server's CPU time.
 *
 * @throws {InputError} If the load is too short to measure CPU time, or an answer is an error.
 */
export async function measureLoad(
  server: ServerProcess,
  load: Load,
  what: string,
): Promise<{ figures: Figures; latency: Latency }> {
  const before = await server.cpuSeconds();
  const result = requireAnswers(await applyLoad({ ...load, port: server.port }), what);
  const cpu = await server.cpuSeconds() - before;
  const answered = answeredOf(result);
  if (cpu === 0) {
    throw new InputError(
      `Cannot measure ${what}: CPU time is counted in steps of 10 ms, and ${answered} answers ` +
        "took less; ask for more of them",
    );
  }
  const figures = {
    requests_per_second: rateOf(result),
    requests_per_core: answered / cpu,
    busy: cpu / result.seconds,
  };
  return { figures, latency: result.latency };
}

/** The load of users who request their list repeatedly. */
export function regularLoad(
  { shop, seconds, connections, regulars }: MeasureOptions,
): Load {
  const requests = listRequests(shop, { count: regulars });
  return { connections, seconds, most: MOST, requests };
}

/** Latency at a fixed rate, in requests per second, after a warm-up. */
export async function measureLatency(
  server: ServerProcess,
  options: MeasureOptions,
  rate: number,
): Promise<Figures> {
  const load = { ...regularLoad(options), rate, warmUp: WARM_UP };
  const { figures: { requests_per_second }, latency: { p50, p99 } } = await measureLoad(
    server,
    load,
    "latency",
  );
  return { requests_per_second, p50_ms: p50, p99_ms: p99 };
}

/** Lists that aren't cached: each user's first one, those with filters, and visitors'. */
export async function measureLive(
  server: ServerProcess,
  { shop, seconds, connections, regulars }: MeasureOptions,
): Promise<Record<"recommend_first" | "filters" | "sessions", Figures>> {
  const count = Math.min(shop.users.length - regulars, 20_000);
  const measure = async (what: string, requests: LoadPlan["requests"]) =>
    (await measureLoad(server, { connections, seconds, most: count, requests }, what)).figures;
  return {
    recommend_first: await measure("first lists", listRequests(shop, { count, from: regulars })),
    filters: await measure("filters", filterRequests(shop, { count })),
    sessions: await measure("sessions", sessionRequests(shop, { count })),
  };
}

/** Events, in batches of a thousand. */
export async function measureEvents(
  server: ServerProcess,
  { shop, seconds, token }: MeasureOptions,
): Promise<Figures> {
  const requests = eventRequests(shop, { count: BATCHES, size: EVENTS_PER_BATCH });
  const load = { connections: SENDERS, seconds, most: MOST, requests, token };
  const { figures: { requests_per_second, requests_per_core } } = await measureLoad(
    server,
    load,
    "events",
  );
  return {
    events_per_second: EVENTS_PER_BATCH * requests_per_second,
    events_per_core: EVENTS_PER_BATCH * requests_per_core,
  };
}
