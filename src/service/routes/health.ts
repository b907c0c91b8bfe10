import type { Artifact } from "../../artifact/load.ts";
import { jsonResponse } from "../json.ts";
import { NO_PARAMETERS, type Route } from "../route.ts";

/** `GET /healthz`: that the service runs, and with which artifact. */
export function healthRoute({ version }: Artifact): Route {
  return {
    method: "GET",
    path: "/healthz",
    summary: "Whether the service runs",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    handle: () => jsonResponse({ status: "ok", version }, "no-store"),
  };
}
