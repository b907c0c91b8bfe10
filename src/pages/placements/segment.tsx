import type { Hono } from "hono";
import type { z } from "zod";
import { formatCounted } from "../../base/format.ts";
import type { usersAnswer } from "../../service/schema/answers.ts";
import { requireHistories } from "../access/require.tsx";
import { showPage } from "../frame/show_page.tsx";
import { userPlace } from "../users/user_place.ts";
import { apiPath } from "../visit/ask.ts";
import { notFound } from "../visit/problem.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { settingsText } from "./settings_text.ts";

/** How many users a page shows. */
const PAGE = 50;

/** Where a segment's page is. */
export function segmentPlace(name: string): string {
  return `segments/${encodeURIComponent(name)}`;
}

/** One segment: its conditions and the users who meet them now. */
export function addSegment(app: Hono<PageEnvironment>, { api: { placements } }: Site): void {
  app.get("/segments/:name", requireHistories, async (context) => {
    const name = context.req.param("name");
    const conditions = placements.segments.get(name);
    if (!conditions) throw notFound("The file of placements has no segment of this name.");
    const { users, next } = await context.var.ask.get<z.output<typeof usersAnswer>>(
      apiPath(["users"], { segment: name, limit: String(PAGE), from: context.req.query("from") }),
    );
    return await showPage(context, {
      title: name,
      body: (
        <>
          <h1>Segment {name}</h1>
          <p>{settingsText(conditions)}</p>
          {users.length === 0 && (
            <p>{next === undefined ? "There are no more users in it." : "None found so far."}</p>
          )}
          <ul>
            {users.map(({ userId, events }) => (
              <li>
                <a href={userPlace(userId)}>
                  <bdi>{userId}</bdi>
                </a>{" "}
                <span class="faint">{formatCounted(events, "event")}</span>
              </li>
            ))}
          </ul>
          {next !== undefined && (
            <a href={apiPath(["segments", name], { from: next }).slice(1)}>Next users</a>
          )}
        </>
      ),
    });
  });
}
