import type { Hono } from "hono";
import { formatCount, formatCounted } from "../../base/format.ts";
import type { Histories } from "../../histories/histories.ts";
import { InsideHistories } from "../../histories/inside.ts";
import { minuteText } from "../../base/time.ts";
import { requireHistories } from "../access/require.tsx";
import { showPage } from "../frame/show_page.tsx";
import type { PageEnvironment, Site } from "../visit/site.ts";
import { exampleUsers, findUsers, type FoundUser } from "./find_users.ts";
import { addUser } from "./user.tsx";
import { userPlace } from "./user_place.ts";

/**
 * Users: search them, or pick an example; then one user's history and lists. Those who were
 * forgotten since training aren't found, though the artifact still has their histories.
 */
export function addUsers(app: Hono<PageEnvironment>, site: Site): void {
  app.get("/users", requireHistories, async (context) => {
    const query = context.req.query("query")?.trim() ?? "";
    const { store, artifact: { interactions: { histories } } } = site.api.shop;
    const found = await (query === "" ? exampleUsers(histories) : findUsers(histories, query));
    const users = found.filter(({ userId, last = 0 }) =>
      1000 * last >= (store?.knownForgotten(userId) ?? 0)
    );
    const body = <Users histories={histories} query={query} users={users} />;
    return showPage(context, { title: "Users", body });
  });
  addUser(app, site);
}

function Users(
  { histories, query, users }: {
    histories: Histories;
    query: string;
    users: readonly FoundUser[];
  },
) {
  return (
    <>
      <h1>Users</h1>
      <p>
        The artifact knows{" "}
        {formatCounted(histories.users, "user")}: what they did, and what each of them is
        recommended. {!(histories instanceof InsideHistories) &&
          "Their histories are apart from it, so a search finds whole ids alone."}
      </p>
      <form method="get" action="users" role="search" class="line">
        <label for="query">User id</label>
        <input
          id="query"
          name="query"
          type="search"
          value={query}
          autocomplete="off"
          hx-get="users"
          hx-trigger="input changed delay:300ms"
          hx-target="#found"
          hx-select="#found"
          hx-swap="outerHTML"
        />
        <button type="submit">Find</button>
      </form>
      <div id="found" aria-live="polite">
        {query === ""
          ? <UserTable caption="Examples" users={users} />
          : <Found query={query} users={users} />}
      </div>
    </>
  );
}

function Found({ query, users }: { query: string; users: readonly FoundUser[] }) {
  return (
    <>
      {users.length > 0 && <UserTable caption="Users found" users={users} />}
      {!users.some(({ userId }) => userId === query) && (
        <p>
          {users.length === 0 && "No user of the artifact has this id. "}
          <a href={userPlace(query)}>
            Open <bdi>{query}</bdi>
          </a>{" "}
          anyway: events may have arrived since, and a user without any gets popular products.
        </p>
      )}
    </>
  );
}

function UserTable({ caption, users }: { caption: string; users: readonly FoundUser[] }) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">User</th>
            <th scope="col">Events</th>
            <th scope="col">Last event (UTC)</th>
          </tr>
        </thead>
        <tbody>
          {users.map(({ userId, events, last }) => (
            <tr>
              <th scope="row">
                <a href={userPlace(userId)}>
                  <bdi>{userId}</bdi>
                </a>
              </th>
              <td>{formatCount(events)}</td>
              <td>{last !== undefined && minuteText(last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
