import type { Artifact } from "../../src/artifact/load.ts";
import { createPages } from "../../src/pages/mod.ts";
import { atEdge } from "../../src/service/edge.ts";
import { Exposures } from "../../src/service/exposures/exposures.ts";
import { createHandler } from "../../src/service/handler.ts";
import { listen } from "../../src/service/listen.ts";
import { Metrics } from "../../src/service/observability/metrics.ts";
import { Placements } from "../../src/service/placements/definition/placements.ts";
import { placementsFile } from "../../src/service/placements/definition/schema.ts";
import { Protection } from "../../src/service/protection/protection.ts";
import type { EventStore } from "../../src/service/store/event_store.ts";
import { openEventStore } from "../../src/service/store/open_event_store.ts";
import { textColumn } from "../../src/interactions/catalogue.ts";
import { comparisonSchema, windowRowSchema } from "../../src/artifact/evaluation_facts.ts";
import { smallManifest } from "../analysis/report/small_report.ts";
import { ARMS, recordArms } from "./experiments/recorded_arms.ts";
import { tinyArtifact, tinyFitted, tinyInteractions } from "../artifact/tiny_shop.ts";

/** A title that is a script if it isn't shown as text. */
export const HOSTILE = `<script>window.hacked = true</script><img src=x onerror="hacked = true">`;

/** A title from right to left, with a mark that would turn what follows around. */
export const RIGHT_TO_LEFT = "\u202eקרם פנים";

const LONGEST = "x".repeat(10_000);

/** The tiny shop with titles, some of them hostile, and with figures of a comparison. */
export async function titledArtifact(): Promise<Artifact> {
  const interactions = tinyInteractions();
  const title = textColumn(["Nail file", "Hand cream", HOSTILE, LONGEST, RIGHT_TO_LEFT]);
  const { evaluation, comparison } = await smallManifest("affinity");
  return await tinyArtifact({
    interactions: { ...interactions, catalogue: { ...interactions.catalogue, title } },
    complements: tinyFitted(),
    evaluation: evaluation.map((row) => windowRowSchema.parse(row)),
    comparison: comparisonSchema.parse(comparison),
  });
}

/** What the tag on the service's own pages sends. */
export const PUBLIC_KEY = "page-key-1";

/** Placements, a rule that is met and one that isn't, and a segment. */
const placements = new Placements(placementsFile.parse({
  placements: {
    home: {
      strategy: "personal",
      rules: ["few", "arrivals"],
      fallback: [{ strategy: "popular" }],
      variants: [{ segment: "known", placement: "page" }],
    },
    page: { strategy: "similar", rules: ["few"], fallback: ["home"] },
  },
  rules: { few: { cap: { by: "brand", most: 3 } }, arrivals: { newArrivals: { share: 0.5 } } },
  segments: { known: { events: { purchase: { min: 1 } } } },
}));

/** A service with pages on a free port of this machine. */
export interface BrowserShop extends AsyncDisposable {
  /** The address of the pages, with a slash at the end. */
  readonly url: string;
  readonly store: EventStore;
}

/**
 * Serves an artifact on this machine, with its store in memory.
 *
 * @param options `hasExperiments`: whether there are experiments, one of them with users. Default
 *   no, and nothing is stored of what users are shown.
 */
export async function serveForBrowser(
  artifact: Artifact,
  { protection = new Protection({ publicKeys: [PUBLIC_KEY] }), hasExperiments = false }: {
    protection?: Protection;
    hasExperiments?: boolean;
  } = {},
): Promise<BrowserShop> {
  const store = await openEventStore({ path: ":memory:" });
  const metrics = new Metrics();
  const exposures = hasExperiments
    ? new Exposures(store, { online: metrics.online, onLost: () => {} })
    : undefined;
  if (hasExperiments) await putExperiments(store);
  const host = "127.0.0.1";
  const pages = createPages({ host, source: "nowhere", mode: "on" });
  const handler = createHandler(artifact, {
    ...{ store, metrics, protection, placements, exposures, pages, tallyAgeMs: 0 },
  });
  const { url, stop } = listen(atEdge(handler, { metrics }), { host, port: 0, graceMs: 100 });
  return {
    url: `${url}/pages/`,
    store,
    async [Symbol.asyncDispose]() {
      await stop();
      await exposures?.[Symbol.asyncDispose]();
      store[Symbol.dispose]();
    },
  };
}

/** One experiment whose users click more in one of its arms, and one that is planned. */
async function putExperiments(store: EventStore): Promise<void> {
  const rest = { from: 0, share: 1, rampDays: 0, arms: ARMS };
  await store.changeExperiment("models", rest);
  await store.changeExperiment("planned", {
    ...{ ...rest, placement: "page", start: Date.UTC(2099, 0, 1) },
  });
  await recordArms(store, {
    usual: { users: 200, clicked: 20 },
    popular: { users: 200, clicked: 80 },
  });
}
