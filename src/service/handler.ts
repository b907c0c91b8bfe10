import type { Artifact } from "../artifact/load.ts";
import { answerCached } from "./api/cached_list.ts";
import { ListCache } from "./api/list_cache.ts";
import type { ApiContext } from "./api/route.ts";
import { createRouter } from "./api/router.ts";
import { healthz } from "./api/routes/healthz.ts";
import { ROUTES } from "./api/routes/mod.ts";
import { readyz } from "./api/routes/readyz.ts";
import { experimentNames } from "./experiments/experiment_names.ts";
import { type ExperimentsFile, NO_EXPERIMENTS } from "./experiments/read_experiments.ts";
import { ShopExperiments } from "./experiments/shop_experiments.ts";
import type { Exposures } from "./exposures/exposures.ts";
import type { Exchange, Handler } from "./http/exchange.ts";
import { NO_PLACEMENTS, type Placements } from "./placements/definition/placements.ts";
import { Protection } from "./protection/protection.ts";
import { Shop, type ShopOptions } from "./recommend/shop.ts";

/** The pages for people. */
export interface Pages {
  /** Answers a request for a page; undefined if the API answers the request. */
  answer(request: Request, exchange: Exchange): Response | Promise<Response> | undefined;
  /** Whether a request is for a file that pages load, which doesn't count in the rate limit. */
  isFile(request: Request): boolean;
}

/** Makes the pages for people, from what the API answers from. */
export type MakePages = (api: ApiContext) => Pages;

/** The options of {@linkcode createHandler}. */
export interface HandlerOptions extends ShopOptions, Pick<ApiContext, "reload"> {
  /** Who may do what. Default anyone may read and no one may write. */
  protection?: Protection;
  /** Default none. */
  placements?: Placements;
  /** Gives lists ids and stores which were shown. Default none. */
  exposures?: Exposures;
  /** Those of the file. Default none. */
  experiments?: ExperimentsFile;
  /** Default none: the API alone. */
  pages?: MakePages;
}

/** Makes the handler of all API requests, for one artifact and what has been stored since. */
export function createHandler(
  artifact: Artifact,
  options: HandlerOptions = {},
): Handler {
  const { reload, protection = new Protection(), placements = NO_PLACEMENTS, exposures } = options;
  const { pages, experiments: file = NO_EXPERIMENTS } = options;
  const shop = new Shop(artifact, options);
  const lists = new ListCache(shop);
  const models = {
    names: [...artifact.models.keys()],
    defaultName: artifact.manifest.defaultModel,
    placements: placements.names,
  };
  const experiments = exposures && new ShopExperiments({
    file,
    names: experimentNames(models.names, placements),
    stored: () => shop.experiments,
    measuresAgeMs: options.tallyAgeMs === 0 ? 0 : undefined,
    now: () => shop.now(),
  });
  const context = { shop, lists, placements, protection, exposures, experiments, reload };
  const all = ROUTES.map((make) => make(models));
  const routes = all.filter((route) => route.isServed(context));
  const unserved = all.filter((route) => route.setting !== undefined && !routes.includes(route));
  const router = createRouter({ ...context, routes, unserved });
  const page = pages?.({ ...context, routes });
  return (request, exchange = {}) => {
    if (isHealthCheck(request)) return router(request, exchange);
    const limited = page?.isFile(request) ? undefined : protection.limitRate(request, exchange);
    if (limited) return limited;
    const list = lists.fresh(request, exchange.started);
    if (list && protection.admits(request, "read")) {
      exchange.route = list.route;
      return answerCached(request, list, context);
    }
    const refused = protection.refuseIfFull(request);
    if (refused) return refused;
    const leave = protection.enter(request);
    const answer = page?.answer(request, exchange) ?? router(request, exchange);
    return leave ? Promise.resolve(answer).finally(leave) : answer;
  };
}

/** Paths that are answered however busy the service is. */
const HEALTH_PATHS = [healthz, readyz].map((make) => make({ names: [], defaultName: "" }).path);

function isHealthCheck({ url }: Request): boolean {
  const path = url.slice(url.indexOf("/", "https://".length));
  return HEALTH_PATHS.includes(path);
}
