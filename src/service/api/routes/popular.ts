import { FALLBACK_MODEL } from "../../../artifact/manifest.ts";
import { isoTime } from "../../../base/time.ts";
import type { Span } from "../../recommend/recent_counts.ts";
import { popularAnswer } from "../../schema/answers.ts";
import { popularQuery } from "../../schema/lists.ts";
import { TALLY_DAYS } from "../../store/entries/tallies.ts";
import { revalidatedList } from "../content.ts";
import { inFormat } from "../list_format.ts";
import { listWeight } from "../list_weight.ts";
import { defineRoute, listAnswer } from "../route.ts";

/** `GET /popular`: the most popular products, of all time or of the last few days. */
export const popular = defineRoute({
  method: "GET",
  path: "/popular",
  access: "read",
  summary: "The most popular products: overall, in a brand or category, or of the last few days",
  query: popularQuery(TALLY_DAYS),
  answers: revalidatedList(popularAnswer, "public, no-cache"),
  weigh: ({ query }) => listWeight(query),
  async handle({ query: { window: days, format, ...options } }, context) {
    const { shop } = context;
    await shop.refresh();
    const trending = days === undefined ? undefined : await shop.popularity.trending(days);
    const items = shop.recommender.popular(options, trending?.counts);
    const list = { ...(trending && { window: toIso(trending.window) }), items };
    const origin = { model: FALLBACK_MODEL, offset: options.offset };
    return listAnswer(inFormat(format, list), origin, context);
  },
});

function toIso({ from, to }: Span): { from: string; to: string } {
  return { from: isoTime(from), to: isoTime(to) };
}
