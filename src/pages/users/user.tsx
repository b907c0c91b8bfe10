import type { Hono } from "hono";
import type { z } from "zod";
import { idRule } from "../../service/schema/rules.ts";
import type { recommendAnswer } from "../../service/schema/answers.ts";
import { requireHistories } from "../access/require.tsx";
import { apiPath, type Ask } from "../visit/ask.ts";
import type { UserHistory } from "../frame/history.ts";
import { showPage } from "../frame/show_page.tsx";
import { notFound, PageProblem } from "../visit/problem.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { Column, type ColumnOf, sharedBy } from "./column.tsx";
import { Controls } from "./controls.tsx";
import { type ListChoice, queryOf, readChoice } from "./list_choice.ts";
import { Timeline } from "./timeline.tsx";
import { userPlace } from "./user_place.ts";

type UserList = z.output<typeof recommendAnswer>;

/** Events that the timeline shows. */
const EVENTS = "60";

/** One user: what they did, beside what they are recommended and why. */
export function addUser(app: Hono<PageEnvironment>, { api: { shop } }: Site): void {
  app.get("/users/:userId{.+}", requireHistories, async (context) => {
    const userId = context.req.param("userId");
    if (!idRule.safeParse(userId).success) throw notFound("An id has 1 to 256 characters.");
    const { ask } = context.var;
    const { artifact, recommender: { products } } = shop;
    const names = [...artifact.models.keys()];
    const choice = readChoice(new URL(context.req.url).searchParams, {
      names,
      defaultName: artifact.manifest.defaultModel,
    });
    const historyPath = apiPath(["users", userId, "history"], { limit: EVENTS });
    const history = await ask.get<UserHistory>(historyPath);
    const columns = await Promise.all(
      choice.models.map((model) => columnOf(ask, { userId, model, choice })),
    );
    const shared = sharedBy(columns);
    const origin = new URL(context.req.url).origin;
    return await showPage(context, {
      title: `User ${userId}`,
      body: (
        <>
          <h1>
            User <bdi>{userId}</bdi>
          </h1>
          <Controls place={userPlace(userId)} choice={choice} names={names} />
          <div class="beside">
            <section class="history" aria-labelledby="history">
              <h2 id="history">History</h2>
              <Timeline history={history} products={products} />
            </section>
            <section id="lists" aria-labelledby="lists-title" aria-live="polite">
              <h2 id="lists-title">Recommendations</h2>
              <div class="columns">
                {columns.map((column) => (
                  <Column column={column} shared={shared} products={products} origin={origin} />
                ))}
              </div>
            </section>
          </div>
        </>
      ),
    });
  });
}

/** One model's list, or why the API refused it. */
async function columnOf(
  ask: Ask,
  { userId, model, choice }: { userId: string; model: string; choice: ListChoice },
): Promise<ColumnOf> {
  const path = apiPath(["recommend", userId], queryOf(choice, model));
  try {
    return { model, path, list: await ask.get<UserList>(path) };
  } catch (error) {
    if (!(error instanceof PageProblem)) throw error;
    return { model, path, refused: error.message };
  }
}
