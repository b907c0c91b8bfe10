import { ArtifactError } from "../../../artifact/artifact_error.ts";
import { reloadAnswer } from "../schema/answers.ts";
import { jsonResponse } from "../../http/json.ts";
import { ProblemError } from "../../http/problem.ts";
import { json, NO_PARAMETERS, type Route } from "../route.ts";
import { STATUS_CODE } from "../../../base/std/http.ts";

/** `POST /admin/reload`: serves the artifact that is current now; a bad one is refused and nothing changes. */
export function reloadRoute(reload: () => Promise<object>): Route {
  return {
    method: "POST",
    path: "/admin/reload",
    access: "manage",
    summary: "Serve the artifact that is current now; a bad one is refused",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: { 200: json("What is served now, and what was before", reloadAnswer) },
    async handle() {
      try {
        return jsonResponse(await reload(), "no-store");
      } catch (error) {
        if (!(error instanceof ArtifactError)) throw error;
        throw new ProblemError({ status: STATUS_CODE.Conflict, detail: error.message });
      }
    },
  };
}
