import { healthAnswer } from "../../schema/answers.ts";
import { fresh } from "../content.ts";
import { defineRoute } from "../route.ts";

/** `GET /healthz`: that the service runs, and with which artifact. */
export const healthz = defineRoute({
  method: "GET",
  path: "/healthz",
  access: "health",
  summary: "Whether the service runs",
  answers: fresh("It runs", healthAnswer),
  handle: (_, { shop }) => ({ status: "ok", version: shop.artifact.version }) as const,
});
