import { versionAnswer } from "../../schema/answers.ts";
import { fresh } from "../content.ts";
import { defineRoute } from "../route.ts";

/** `GET /version`: the artifact that is served. */
export const version = defineRoute({
  method: "GET",
  path: "/version",
  access: "open",
  summary: "The artifact that is served",
  answers: fresh("The artifact", versionAnswer),
  handle(_, { shop: { artifact: { version, manifest, models } } }) {
    const { created, formatVersion, defaultModel } = manifest;
    return { version, created, formatVersion, defaultModel, models: [...models.keys()] };
  },
});
