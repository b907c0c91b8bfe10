import { requireStore } from "../../recommend/shop.ts";
import { readinessAnswer } from "../../schema/answers.ts";
import { StoreError } from "../../store/store_error.ts";
import { fresh } from "../content.ts";
import { defineRoute } from "../route.ts";

/** `GET /readyz`: whether the whole service works; 200 and `degraded` if only the store fails. */
export const readyz = defineRoute({
  method: "GET",
  path: "/readyz",
  access: "health",
  summary: "Whether the whole service works; without its store it still recommends",
  answers: fresh("The service can answer; says whether it can store too", readinessAnswer),
  async handle(_, { shop }) {
    const { version } = shop.artifact;
    try {
      await requireStore(shop).check();
      return { status: "ready", version, store: "available" } as const;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      shop.storeFailed(error);
      return {
        status: "degraded",
        version,
        store: "unavailable",
        detail: `${
          reasonOf(error)
        }: events can't be stored, and lists are made from what can be read`,
      } as const;
    }
  },
});

/** Why the store fails, without what only the log may say. */
function reasonOf({ reason }: StoreError): string {
  return `The store fails${reason === undefined ? ", the log says why" : `, since ${reason}`}`;
}
