/** All endpoints. A new one is one file here and its line in the list. */
import type { RouteMaker } from "../route.ts";
import { together, togetherByBody } from "./baskets/together.ts";
import { changeProduct } from "./products/change_product.ts";
import { changeProducts } from "./products/change_products.ts";
import { deleteProduct } from "./products/delete_product.ts";
import { docsFile } from "./docs/file.ts";
import { openApi } from "./docs/openapi.ts";
import { docsPage } from "./docs/page.ts";
import { events } from "./events.ts";
import { deleteExperiment } from "./experiments/delete_experiment.ts";
import { experiment } from "./experiments/experiment.ts";
import { listExperiments } from "./experiments/list_experiments.ts";
import { putExperiment } from "./experiments/put_experiment.ts";
import { exportEvents } from "./export_events.ts";
import { exportShown } from "./exposures/export_exposures.ts";
import { impressions } from "./exposures/impressions.ts";
import { forget } from "./users/forget.ts";
import { healthz } from "./healthz.ts";
import { history } from "./users/history.ts";
import { index } from "./index.ts";
import { merge } from "./users/merge.ts";
import { metrics } from "./metrics.ts";
import { audience } from "./placements/audience.ts";
import { listPlacements } from "./placements/list_placements.ts";
import { placement } from "./placements/placement.ts";
import { placementByBody } from "./placements/placement_by_body.ts";
import { newArrivals } from "./new.ts";
import { popular } from "./popular.ts";
import { product } from "./products/product.ts";
import { rank } from "./rank.ts";
import { readyz } from "./readyz.ts";
import { recommend } from "./recommend.ts";
import { recommendByBody } from "./recommend_by_body.ts";
import { recommendSession } from "./recommend_session.ts";
import { reload } from "./reload.ts";
import { deleteRule } from "./rules/delete_rule.ts";
import { listRules } from "./rules/list_rules.ts";
import { putRule } from "./rules/put_rule.ts";
import { searchProducts } from "./products/search_products.ts";
import { similar } from "./similar.ts";
import { collect } from "./tag/collect.ts";
import { tagScript } from "./tag/script.ts";
import { listUsers } from "./users/list_users.ts";
import { version } from "./version.ts";

/** The endpoints in the order in which they are documented. */
export const ROUTES: readonly RouteMaker[] = [
  index,
  recommend,
  recommendByBody,
  recommendSession,
  rank,
  placement,
  placementByBody,
  listPlacements,
  listRules,
  putRule,
  deleteRule,
  similar,
  together,
  togetherByBody,
  popular,
  newArrivals,
  history,
  merge,
  forget,
  listUsers,
  product,
  audience,
  searchProducts,
  changeProduct,
  changeProducts,
  deleteProduct,
  events,
  collect,
  exportEvents,
  impressions,
  exportShown,
  listExperiments,
  experiment,
  putExperiment,
  deleteExperiment,
  healthz,
  readyz,
  version,
  metrics,
  reload,
  openApi,
  docsPage,
  docsFile,
  tagScript,
];
