import { requireStore } from "../../../recommend/shop.ts";
import { forgottenAnswer } from "../../../schema/answers.ts";
import { fresh } from "../../content.ts";
import { defineRoute } from "../../route.ts";

/** `DELETE /users/{userId}`: forgets a person, here and in the next training. */
export const forget = defineRoute({
  method: "DELETE",
  path: "/users/{userId}",
  access: "manage",
  summary: "Forget a person: immediately here, and in the next training",
  answers: fresh("Forgotten, whether known or not", forgottenAnswer),
  async handle({ path: { userId } }, { shop }) {
    return { userId, deletedEvents: await requireStore(shop).forget(userId) };
  },
});
