import { STATUS_CODE } from "../../../../base/std/http.ts";
import { ProblemError } from "../../../http/problem.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { deletedRuleAnswer } from "../../../schema/answers.ts";
import { nameRule } from "../../../schema/business_rules.ts";
import { fresh } from "../../content.ts";
import { defineRoute } from "../../route.ts";
import { RULE_PATH } from "./put_rule.ts";

/** `DELETE /rules/{name}`: deletes a rule, for every server at once. */
export const deleteRule = defineRoute({
  method: "DELETE",
  path: RULE_PATH,
  access: "manage",
  summary: "Delete a rule",
  pathParameters: { name: nameRule.describe("The rule") },
  answers: fresh("Its name", deletedRuleAnswer),
  async handle({ path: { name } }, { shop }) {
    const store = requireStore(shop);
    await shop.refresh();
    if (!shop.rules.some((rule) => rule.name === name)) {
      throw new ProblemError({
        status: STATUS_CODE.NotFound,
        detail: "No rule has this name; GET /rules lists all",
        parameter: "name",
      });
    }
    await store.changeRule(name, undefined);
    await shop.refresh();
    return { name };
  },
});
