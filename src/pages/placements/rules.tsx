import type { Hono } from "hono";
import type { z } from "zod";
import { STATUS_CODE } from "../../base/std/http.ts";
import type { ruleAnswer } from "../../service/schema/answers.ts";
import { requireChange } from "../access/require.tsx";
import { apiPath } from "../visit/ask.ts";
import type { PageEnvironment } from "../visit/site.ts";
import { settingsText } from "./settings_text.ts";

type Rule = z.output<typeof ruleAnswer>;

/** Deletes a rule as `DELETE /rules/{name}` does. */
export function addRuleChanges(app: Hono<PageEnvironment>): void {
  app.post("/rules/:name/delete", requireChange, async (context) => {
    await context.var.ask.send("DELETE", apiPath(["rules", context.req.param("name")]));
    return context.redirect("../../placements", STATUS_CODE.SeeOther);
  });
}

/** The rules that the shop put, their warnings, and the forms that delete them. */
export function RuleList({ rules, mayChange }: { rules: readonly Rule[]; mayChange: boolean }) {
  if (rules.length === 0) {
    return (
      <p>
        There are none. <code>PUT /rules/NAME</code>{" "}
        sets one for every server at once, such as a pinned product of a campaign.
      </p>
    );
  }
  return (
    <ul class="list">
      {rules.map(({ name, warnings, ...rule }) => (
        <li>
          <strong>{name}</strong>: {settingsText(rule)}
          {warnings.map((warning) => <p class="error">{warning}</p>)}
          {mayChange && (
            <form method="post" action={`rules/${encodeURIComponent(name)}/delete`}>
              <button type="submit" class="quiet" aria-label={`Delete rule ${name}`}>Delete</button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
