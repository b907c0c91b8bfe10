import type { Artifact } from "../../artifact/load.ts";
import { revalidatedJson } from "../json.ts";
import { NO_PARAMETERS, type Route } from "../route.ts";

/** `GET /`: what is served, and where. */
export function indexRoute(
  { version, manifest, models }: Artifact,
  others: readonly Route[],
): Route {
  const { created, defaultModel, decision, data: { users, items, events, from, to } } = manifest;
  const index: Route = {
    method: "GET",
    path: "/",
    summary: "What is served, and where",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
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
