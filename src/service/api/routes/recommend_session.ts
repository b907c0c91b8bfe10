import { sessionAnswer } from "../../schema/answers.ts";
import { sessionBody } from "../../schema/lists.ts";
import { freshList, jsonBody } from "../content.ts";
import { inFormat } from "../list_format.ts";
import { listWeight } from "../list_weight.ts";
import { makePlacedList, placementOfPlain } from "../placed_list.ts";
import { unwantedOnVisit } from "../../recommend/shop.ts";
import { defineRoute, ListAnswer, listAnswer } from "../route.ts";

/** `POST /recommend`: the best products for an anonymous visit; nothing is stored. */
export const recommendSession = defineRoute({
  method: "POST",
  path: "/recommend",
  access: "read",
  summary: "The best products for what an anonymous visitor did; nothing is stored",
  body: (models) => jsonBody("The visit and the options of the list", sessionBody(models)),
  answers: freshList(sessionAnswer),
  weigh: ({ body }) => listWeight(body),
  async handle({ body: { events, format, ...options } }, context) {
    const { shop } = context;
    const history = await shop.visitHistory(events);
    const unwanted = unwantedOnVisit(events);
    const placed = placementOfPlain(options, context);
    if (placed) {
      const { list, shown } = await makePlacedList({
        ...placed,
        who: { history, ...unwanted },
      }, context);
      return new ListAnswer(inFormat(format, list), shown);
    }
    const list = shop.recommender.recommend(history, { ...options, ...unwanted });
    shop.metrics.listMade(list);
    const origin = { model: list.model, offset: options.offset };
    return listAnswer(inFormat(format, list), origin, context);
  },
});
