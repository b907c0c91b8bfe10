import { listUsers as list } from "../../../placements/list_users.ts";
import { usersAnswer } from "../../../schema/answers.ts";
import { usersQuery } from "../../../schema/page.ts";
import { fresh } from "../../content.ts";
import { findSegment } from "../../../placements/segments/find_segment.ts";
import { defineRoute } from "../../route.ts";

/** How long a page looks for users at most, in milliseconds. */
const LIMIT_MS = 1000;

/** As much as five lists: it may take a second, but lets others through. */
const WEIGHT = 5;

/** `GET /users`: all users or those of a segment, page by page. */
export const listUsers = defineRoute({
  method: "GET",
  path: "/users",
  access: "manage",
  summary: "All users or those of a segment, page by page; forgotten ones are left out",
  query: usersQuery,
  answers: fresh("A page of users", usersAnswer),
  weigh: () => WEIGHT,
  async handle({ query: { limit, from, segment: name } }, { shop, placements }) {
    const segment = name === undefined ? undefined : findSegment(placements, name);
    await shop.refresh();
    const page = await list(shop, { from, limit, segment, limitMs: LIMIT_MS });
    return { ...page, users: [...page.users] };
  },
});
