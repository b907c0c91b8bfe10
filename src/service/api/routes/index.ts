import { indexAnswer } from "../../schema/answers.ts";
import { revalidated } from "../content.ts";
import { defineRoute, type Route } from "../route.ts";

/** `GET /`: the artifact being served, and all endpoints. */
export const index = defineRoute({
  method: "GET",
  path: "/",
  access: "open",
  summary: "The artifact being served, and all endpoints",
  answers: revalidated("The artifact and the endpoints", indexAnswer, "public, no-cache"),
  handle(_, { shop: { artifact: { version, manifest, models } }, routes }) {
    const { users, items, events, from, to } = manifest.data;
    return {
      name: manifest.format,
      version,
      created: manifest.created,
      models: [...models.keys()],
      defaultModel: manifest.defaultModel,
      decision: manifest.decision,
      data: { users, items, events, from, to },
      endpoints: routes.map(describe),
    };
  },
});

/** The path with its query as a URI template (RFC 6570). */
function describe({ method, path, query, summary }: Route) {
  const parameters = Object.keys(query.shape);
  const template = parameters.length > 0 ? `${path}{?${parameters.join(",")}}` : path;
  return { method, path: template, summary };
}
