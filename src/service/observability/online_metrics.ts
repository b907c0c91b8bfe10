import { type Count, Counter } from "./counter.ts";
import { Memo } from "./memo.ts";

/** What lists with ids are counted by: absent parts are empty. */
export interface OnlineLabels {
  readonly placement?: string;
  readonly model: string;
  readonly experiment?: string;
  readonly arm?: string;
}

/** The name and the meaning of each metric; those of events are named after their types. */
const METRICS = {
  lists: ["recommender_list_ids_total", "Lists answered with an id"],
  impressions: ["recommender_impressions_total", "Lists that users were shown"],
  view: ["recommender_clicks_total", "Products of shown lists that were clicked"],
  cart: ["recommender_carts_total", "Products of shown lists that were put into the cart"],
  purchase: ["recommender_purchases_total", "Products of shown lists that were bought"],
  revenue: ["recommender_revenue_total", "Prices of products of shown lists that were bought"],
} as const;

/** The counts of lists with the same labels. */
export type OnlineSeries = Readonly<Record<keyof typeof METRICS, Count>>;

/** Counts what comes of lists, by placement, model and arm. */
export class OnlineMetrics {
  readonly #counters = Object.entries(METRICS).map(([name, [metric, help]]) =>
    [name, new Counter(metric, help)] as const
  );
  readonly #series = new Memo((placement: string, model: string, experiment: string, arm: string) =>
    Object.fromEntries(
      this.#counters.map(([name, counter]) => [
        name,
        counter.series({ placement, model, experiment, arm }),
      ]),
    ) as OnlineSeries
  );

  /** The counts of lists with these labels. */
  of({ placement = "", model, experiment = "", arm = "" }: OnlineLabels): OnlineSeries {
    return this.#series.get(placement, model, experiment, arm);
  }

  /** All counts in the text format of Prometheus. */
  toText(): string {
    return this.#counters.map(([, counter]) => counter.toText()).join("");
  }
}
