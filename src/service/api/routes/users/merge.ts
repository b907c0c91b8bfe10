import { STATUS_CODE } from "../../../../base/std/http.ts";
import { ProblemError } from "../../../http/problem.ts";
import { requireStore } from "../../../recommend/shop.ts";
import { mergedAnswer } from "../../../schema/answers.ts";
import { mergeBody } from "../../../schema/events.ts";
import type { MergeOutcome } from "../../../store/entries/merge_users.ts";
import { fresh, jsonBody } from "../../content.ts";
import { defineRoute } from "../../route.ts";

/** `POST /users/{userId}/merge`: at a login, what an anonymous visitor did becomes the user's. */
export const merge = defineRoute({
  method: "POST",
  path: "/users/{userId}/merge",
  access: "manage",
  summary: "Make the events of another id so far this user's, as at a login; sending it again is " +
    "safe and moves what has come since",
  body: jsonBody("Whose events", mergeBody),
  answers: fresh("Merged", mergedAnswer),
  async handle({ path: { userId }, body: { from } }, { shop }) {
    if (from === userId) {
      throw new ProblemError({
        status: STATUS_CODE.BadRequest,
        detail: `Parameter "from" must be another id than the user's, got "${from}"`,
        parameter: "from",
      });
    }
    const outcome = await requireStore(shop).merge({ from, to: userId });
    if ("moved" in outcome) return { userId, from, movedEvents: outcome.moved };
    throw new ProblemError({
      status: STATUS_CODE.Conflict,
      detail: conflictOf(outcome, { from, userId }),
      parameter: "from",
    });
  },
});

function conflictOf(
  outcome: Exclude<MergeOutcome, { moved: number }>,
  { from, userId }: { from: string; userId: string },
): string {
  if ("absorbs" in outcome) {
    return `"${outcome.absorbs}" was merged into "${from}", which therefore can't be merged into ` +
      `another user; merge "${userId}" into "${from}" instead`;
  }
  const merged = `"${userId}" was itself merged into "${outcome.targetIn}"`;
  return outcome.targetIn === from
    ? `${merged}, so the two are one user already`
    : `${merged}; merge "${from}" into that one`;
}
