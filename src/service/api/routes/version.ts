import { versionAnswer } from "../schema/answers.ts";
import { jsonResponse } from "../../http/json.ts";
import { json, NO_PARAMETERS, type Route } from "../route.ts";
import type { Shop } from "../../recommend/shop.ts";

/** `GET /version`: which artifact is served. */
export function versionRoute({ artifact: { version, manifest, models } }: Shop): Route {
  const { created, formatVersion, defaultModel } = manifest;
  const answer = { version, created, formatVersion, defaultModel, models: [...models.keys()] };
  return {
    method: "GET",
    path: "/version",
    access: "open",
    summary: "Which artifact is served",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: { 200: json("The artifact", versionAnswer) },
    handle: () => jsonResponse(answer, "no-store"),
  };
}
