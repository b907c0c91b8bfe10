import { answeredOf, applyLoad, type LoadPlan, type LoadResult, requireAnswers } from "./load.ts";
import type { ServerProcess } from "./server_process.ts";
import type { MeasureOptions } from "./service_measures.ts";
import type { Measured } from "./service_rows.ts";
import { sessionRequests } from "./service_requests.ts";

/** Nearly as many connections as the service handles requests at a time. */
const AT_CAPACITY = 450;

/** Multiples of these connections, for overload. */
const TIMES = [2, 5, 10] as const;

/** For loads that end by time. */
const MOST = 1_000_000;

const MEGABYTE = 1024 * 1024;

/**
 * Visitors' lists at the service's capacity, then from two, five and ten times as many clients, who
 * ignore `Retry-After`: how many useful answers they get, also as a share of those at the capacity,
 * by time and by the server's CPU time. The second share is the more reliable one where clients and
 * server share the processors.
 */
export async function measureOverload(
  server: ServerProcess,
  { shop, seconds }: Pick<MeasureOptions, "shop" | "seconds">,
): Promise<Measured[]> {
  const memory = await server.memory();
  const requests = sessionRequests(shop, { count: 1000 });
  const load = { port: server.port, seconds, most: MOST, requests };
  // Once before, so that the code is compiled.
  await applyLoad({ ...load, connections: AT_CAPACITY });
  const peak = await measure(server, { ...load, connections: AT_CAPACITY });
  const crowds: Measured[] = [];
  for (const times of TIMES) {
    const crowd = await measure(server, { ...load, connections: times * AT_CAPACITY });
    const refused = crowd.result.statuses["503"] ?? 0;
    crowds.push({
      name: `overload, ${times} times`,
      figures: {
        requests_per_second: crowd.perSecond,
        of_peak: crowd.perSecond / peak.perSecond,
        of_peak_per_core: crowd.perCore / peak.perCore,
        refused: refused / answeredOf(crowd.result),
        told_when: refused === 0 ? 1 : crowd.result.retryAfter / refused,
      },
    });
  }
  const after = await applyLoad({ ...load, connections: 1, most: 200 });
  requireAnswers(after, "latency after the overload");
  return [
    {
      name: "overload, peak",
      figures: { requests_per_second: peak.perSecond, requests_per_core: peak.perCore },
    },
    ...crowds,
    {
      name: "overload, afterwards",
      figures: {
        p99_ms: after.latency.p99,
        memory_growth_mb: (await server.memory() - memory) / MEGABYTE,
      },
    },
  ];
}

/** The useful answers to a load, per second of it and per second of the server's CPU time. */
async function measure(
  server: ServerProcess,
  plan: LoadPlan,
): Promise<{ perSecond: number; perCore: number; result: LoadResult }> {
  const before = await server.cpuSeconds();
  const result = await applyLoad(plan);
  const cpu = await server.cpuSeconds() - before;
  const { statuses, useful } = result;
  const all = (statuses["200"] ?? 0) + (statuses["202"] ?? 0);
  return { perSecond: useful / plan.seconds, perCore: all / cpu, result };
}
