import { z } from "zod";
import { isoTime } from "../../../base/time.ts";
import { idsAnswer, popularAnswer } from "../schema/answers.ts";
import { revalidatedJson } from "../../http/json.ts";
import {
  filterParameters,
  formatParameter,
  kParameter,
  notParameter,
  withPriceOrder,
} from "../schema/list_options.ts";
import { json, NO_PARAMETERS, revalidated, type Route } from "../route.ts";
import type { Shop } from "../../recommend/shop.ts";
import { TALLY_DAYS } from "../../store/tallies.ts";
import { countTrending } from "../../recommend/trending.ts";

const WINDOW_ERROR = `a number of days from 1d to ${TALLY_DAYS}d`;

/** Text such as `7d`, read as a number of days. */
const windowRule = z.preprocess(
  (value) => typeof value === "string" && /^\d{1,3}d$/.test(value) ? parseInt(value) : value,
  z.int({ error: WINDOW_ERROR }).min(1, { error: WINDOW_ERROR }).max(TALLY_DAYS, {
    error: WINDOW_ERROR,
  }),
).meta({
  sent: {
    description: "Only what happened in the last days, for example 7d",
    type: "string",
    pattern: "^[1-9]\\d?d$",
  },
});

/** `GET /popular`: what is popular, overall or in a brand or category, always or within some days. */
export function popularRoute(shop: Shop): Route {
  const query = withPriceOrder(z.object({
    k: kParameter,
    window: windowRule.optional(),
    ...filterParameters,
    not: notParameter,
    format: formatParameter,
  }));
  const route: Route<typeof NO_PARAMETERS, typeof query> = {
    method: "GET",
    path: "/popular",
    access: "read",
    summary: "What is popular: overall, in a brand or category, or lately",
    pathParameters: NO_PARAMETERS,
    query,
    answers: revalidated(json("The list", z.union([popularAnswer, idsAnswer]))),
    async handle({ request, query: { window: days, format, ...wanted } }) {
      await shop.refresh();
      const { recommender, artifact } = shop;
      const trending = days === undefined
        ? undefined
        : countTrending(artifact.interactions, await shop.happened(days), {
          days,
          size: recommender.products.size,
        });
      const items = recommender.popular(wanted, trending?.counts);
      const answer = format === "ids"
        ? items.map(({ productId }) => productId)
        : { ...(trending && { window: spanOf(trending) }), items };
      return revalidatedJson(request, answer, "public, no-cache");
    },
  };
  return route;
}

function spanOf({ from, to }: { from: number; to: number }): { from: string; to: string } {
  return { from: isoTime(from), to: isoTime(to) };
}
