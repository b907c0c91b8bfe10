import { HistoriesError } from "../../../histories/histories_error.ts";
import { requireStore, type Shop } from "../../recommend/shop.ts";
import { readinessAnswer } from "../../schema/answers.ts";
import { StoreError } from "../../store/store_error.ts";
import { fresh } from "../content.ts";
import { defineRoute } from "../route.ts";

/** `GET /readyz`: whether the whole service works; 200 and `degraded` if only a part fails. */
export const readyz = defineRoute({
  method: "GET",
  path: "/readyz",
  access: "health",
  summary: "Whether the whole service works; without its store it still recommends",
  answers: fresh("The service can answer; says whether it can store too", readinessAnswer),
  async handle(_, { shop }) {
    const { version } = shop.artifact;
    const faults = await Promise.all([faultOfStore(shop), faultOfHistories(shop)]);
    const [store, histories] = faults.map((fault) => fault ? "unavailable" : "available");
    const details = faults.filter((fault) => fault !== undefined);
    const parts = { version, store, histories } as const;
    if (details.length === 0) return { status: "ready", ...parts } as const;
    return { status: "degraded", ...parts, detail: details.join(". ") } as const;
  },
});

/** What the service can't do without its store; undefined if it has it. */
async function faultOfStore(shop: Shop): Promise<string | undefined> {
  try {
    await requireStore(shop).check();
    return undefined;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    shop.storeFailed(error);
    return `${reasonOf(error)}: events can't be stored, and lists are made from what can be read`;
  }
}

/** What the service can't do without histories that are apart; undefined if it reads them. */
async function faultOfHistories(shop: Shop): Promise<string | undefined> {
  try {
    await shop.artifact.interactions.histories.check();
    return undefined;
  } catch (error) {
    if (!(error instanceof HistoriesError)) throw error;
    shop.historiesFailed(error);
    return "Histories can't be read, the log says why: lists are made from what the store has " +
      "of a user";
  }
}

/** Why the store fails, without what only the log may say. */
function reasonOf({ reason }: StoreError): string {
  return `The store fails${reason === undefined ? ", the log says why" : `, since ${reason}`}`;
}
