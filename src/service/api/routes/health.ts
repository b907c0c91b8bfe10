import { healthAnswer, readinessAnswer } from "../schema/answers.ts";
import { jsonResponse } from "../../http/json.ts";
import { json, NO_PARAMETERS, type Route } from "../route.ts";
import type { Shop } from "../../recommend/shop.ts";
import { StoreError } from "../../store/store_error.ts";

/** `GET /healthz`: that the service runs, and with which artifact. */
export function healthRoute({ artifact: { version } }: Shop): Route {
  return {
    method: "GET",
    path: "/healthz",
    access: "open",
    summary: "Whether the service runs",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: { 200: json("It does", healthAnswer) },
    handle: () => jsonResponse({ status: "ok", version }, "no-store"),
  };
}

/**
 * `GET /readyz`: whether all of the service works. Without the store it still recommends, so the answer is 200
 * then, too, with `degraded`.
 */
export function readinessRoute({ artifact: { version }, store }: Shop): Route {
  return {
    method: "GET",
    path: "/readyz",
    access: "open",
    summary: "Whether all of the service works; without its store it still recommends",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: { 200: json("It can answer; whether it can store, too", readinessAnswer) },
    async handle() {
      try {
        if (!store) throw new StoreError("There is no store");
        await store.check();
        const answer = { status: "ready", version, store: "available" };
        return jsonResponse(answer, "no-store");
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        const answer = {
          status: "degraded",
          version,
          store: "unavailable",
          detail: "Events can't be stored; lists are made from the artifact alone",
        };
        return jsonResponse(answer, "no-store");
      }
    },
  };
}
