import { MS_PER_HOUR } from "../../../base/time.ts";
import { labelsText, metricText } from "../../observability/counter.ts";
import { StoreError } from "../../store/store_error.ts";
import { cataloguePrices } from "./catalogue_prices.ts";
import type { ApiContext } from "../route.ts";

/** How old what gauges say of experiments may be: measuring reads the whole store. */
const OLDEST_MS = MS_PER_HOUR;

/**
 * What Prometheus is told of experiments: whether arms have the sizes that they should. Says what
 * was measured last, and measures in the background if that is an hour ago.
 */
export function experimentGauges(
  context: Pick<ApiContext, "shop" | "exposures" | "experiments">,
): string {
  const { shop, experiments } = context;
  if (!experiments || experiments.all.size === 0) return "";
  const { latest } = experiments.measures;
  if (!latest || shop.now() - latest.at > OLDEST_MS) measureSoon(context);
  const lines = Array.from(latest?.experiments ?? [], ([experiment, { report }]) => {
    const labels = labelsText({ experiment });
    return `recommender_experiment_sample_ratio${labels} ${report.sampleRatio.pValue}\n`;
  });
  return metricText({
    name: "recommender_experiment_sample_ratio",
    help: "p-value that the arms of an experiment have the sizes that they should",
    type: "gauge",
  }, lines);
}

function measureSoon(
  { shop, exposures, experiments }: Pick<ApiContext, "shop" | "exposures" | "experiments">,
): void {
  if (!shop.store) return;
  experiments!.measures.measure(shop.store, experiments!.all, {
    hours: exposures!.attributionHours,
    priceOf: cataloguePrices(shop),
  }).catch((error) => {
    if (!(error instanceof StoreError)) throw error;
    shop.storeFailed(error);
  });
}
