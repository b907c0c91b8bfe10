import { recommendAnswer } from "../../schema/answers.ts";
import { userListBody } from "../../schema/lists.ts";
import { freshList, jsonBody } from "../content.ts";
import { listWeight } from "../list_weight.ts";
import { defineRoute, ListAnswer } from "../route.ts";
import { makeUserList } from "../user_list.ts";
import { RECOMMEND_PATH } from "./recommend.ts";

/**
 * `POST /recommend/{userId}`: the list that `GET` answers, with options that are too long for an
 * address.
 */
export const recommendByBody = defineRoute({
  method: "POST",
  path: RECOMMEND_PATH,
  access: "read",
  summary: "The same list, for options that are too long for an address",
  body: (models) => jsonBody("The options of the list", userListBody(models)),
  answers: freshList(recommendAnswer),
  weigh: ({ body }) => listWeight(body),
  async handle({ request, path: { userId }, body: options }, context) {
    const state = await context.shop.stateOf(userId);
    const { answer, shown, unread } = await makeUserList(
      { request, userId, state, options },
      context,
    );
    return new ListAnswer(answer, shown, unread);
  },
});
