import type { Artifact } from "../../../src/artifact/load.ts";
import { ListCache } from "../../../src/service/api/list_cache.ts";
import type { ApiContext, RouteMaker } from "../../../src/service/api/route.ts";
import { createRouter } from "../../../src/service/api/router.ts";
import { NO_PLACEMENTS } from "../../../src/service/placements/definition/placements.ts";
import { Protection } from "../../../src/service/protection/protection.ts";
import { Shop } from "../../../src/service/recommend/shop.ts";
import { askerOf } from "../live_shop.ts";

/** An API of a few endpoints, and a way to send it requests. */
export function apiOf(artifact: Artifact, makers: readonly RouteMaker[]) {
  const shop = new Shop(artifact);
  const models = {
    names: [...artifact.models.keys()],
    defaultName: artifact.manifest.defaultModel,
  };
  const context: ApiContext = {
    shop,
    lists: new ListCache(shop),
    placements: NO_PLACEMENTS,
    protection: new Protection(),
    routes: makers.map((make) => make(models)),
  };
  return { context, ask: askerOf(createRouter(context), {}) };
}
