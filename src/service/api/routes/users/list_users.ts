import { usersAnswer } from "../../../schema/answers.ts";
import { historyQuery } from "../../../schema/page.ts";
import { fresh } from "../../content.ts";
import { defineRoute } from "../../route.ts";

/** `GET /users`: the users that the artifact knows, page by page. */
export const listUsers = defineRoute({
  method: "GET",
  path: "/users",
  access: "manage",
  summary: "The users that the artifact knows, page by page; forgotten ones are left out",
  query: historyQuery,
  answers: fresh("A page of users", usersAnswer),
  handle({ query: { limit, offset } }, { shop }) {
    const { userIds, histories } = shop.artifact.interactions;
    const end = Math.min(userIds.size, offset + limit);
    const users = [];
    for (let user = offset; user < end; user++) {
      const userId = userIds.idAt(user);
      if (shop.store?.knownForgotten(userId) !== undefined) continue;
      users.push({ userId, events: histories.of(user).items.length });
    }
    return { total: userIds.size, users };
  },
});
