import { nearestName } from "../../../../base/nearest_name.ts";
import { STATUS_CODE } from "../../../../base/std/http.ts";
import { ProblemError } from "../../../http/problem.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { ruleAnswer } from "../../../schema/answers.ts";
import { MOST_RULES, nameRule, storedRule } from "../../../schema/business_rules.ts";
import { fresh, jsonBody } from "../../content.ts";
import { describeRule } from "../../described_rule.ts";
import { defineRoute } from "../../route.ts";

/** The path of a rule. */
export const RULE_PATH = "/rules/{name}";

/** `PUT /rules/{name}`: sets a rule, for every server at once. */
export const putRule = defineRoute({
  method: "PUT",
  path: RULE_PATH,
  access: "manage",
  summary: "Set a rule that changes lists wherever its scope says",
  pathParameters: { name: nameRule.describe("The rule") },
  body: jsonBody("What it does, and where", storedRule),
  answers: fresh("The rule", ruleAnswer),
  async handle({ path: { name }, body: rule }, { shop, placements }) {
    const store = requireStore(shop);
    const { segments } = placements;
    requireKnown("placements", rule.placements, placements.names);
    requireKnown("segments", rule.segments, [...segments.keys()]);
    await shop.refresh();
    const others = shop.rules.filter((other) => other.name !== name);
    if (placements.ruleNames.has(name)) {
      throw conflict("The file of placements has a rule of this name; choose another");
    }
    if (others.length >= MOST_RULES) {
      throw conflict(`There are ${MOST_RULES} rules, which is the most; delete one first`);
    }
    await store.changeRule(name, rule);
    await shop.refresh();
    return describeRule(name, rule, { shop });
  },
});

function conflict(detail: string): ProblemError {
  return new ProblemError({ status: STATUS_CODE.Conflict, detail, parameter: "name" });
}

function requireKnown(
  parameter: string,
  names: readonly string[] = [],
  known: readonly string[],
): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, known);
  const suggestion = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  throw new ProblemError({
    status: STATUS_CODE.BadRequest,
    detail: `Parameter "${parameter}" must be of those in the file of placements, got ` +
      `"${unknown}"${suggestion}`,
    parameter,
    allowed: known,
  });
}
