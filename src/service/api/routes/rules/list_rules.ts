import { rulesAnswer } from "../../../schema/answers.ts";
import { fresh } from "../../content.ts";
import { describeRule } from "../../described_rule.ts";
import { defineRoute } from "../../route.ts";

/** `GET /rules`: all rules that the shop put. */
export const listRules = defineRoute({
  method: "GET",
  path: "/rules",
  access: "manage",
  summary: "All rules that were put, in the order of their names",
  answers: fresh("The rules", rulesAnswer),
  async handle(_, { shop }) {
    await shop.refresh();
    return { rules: shop.rules.map(({ name, ...rule }) => describeRule(name, rule, { shop })) };
  },
});
