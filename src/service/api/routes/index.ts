import { indexAnswer } from "../schema/answers.ts";
import { revalidatedJson } from "../../http/json.ts";
import { json, NO_PARAMETERS, revalidated, type Route } from "../route.ts";
import type { Shop } from "../../recommend/shop.ts";

/** `GET /`: what is served, and where. */
export function indexRoute(
  { artifact: { version, manifest, models } }: Shop,
  others: readonly Route[],
): Route {
  const { created, defaultModel, decision, data: { users, items, events, from, to } } = manifest;
  const index: Route = {
    method: "GET",
    path: "/",
    access: "open",
    summary: "What is served, and where",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: revalidated(json("What is served", indexAnswer)),
    handle: ({ request }) => revalidatedJson(request, answer, "public, no-cache"),
  };
  const answer = {
    name: manifest.format,
    version,
    created,
    models: [...models.keys()],
    defaultModel,
    decision,
    data: { users, items, events, from, to },
    endpoints: [index, ...others].map(describe),
  };
  return index;
}

/** The path becomes a URI template with its query (RFC 6570). */
function describe({ method, path, query, summary }: Route): object {
  const parameters = Object.keys(query.shape);
  const template = parameters.length > 0 ? `${path}{?${parameters.join(",")}}` : path;
  return { method, path: template, summary };
}
