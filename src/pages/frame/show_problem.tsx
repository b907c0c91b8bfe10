import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { STATUS_CODE } from "../../base/std/http.ts";
import { HistoriesError } from "../../histories/histories_error.ts";
import { ProblemError } from "../../service/http/problem.ts";
import { StoreError } from "../../service/store/store_error.ts";
import { PageProblem } from "../visit/problem.ts";
import type { PageEnvironment } from "../visit/site.ts";
import { showPage } from "./show_page.tsx";

const STORE_DOWN = new PageProblem(
  STATUS_CODE.ServiceUnavailable,
  "The store of events can't be used, so nothing is known to be stored. Lists still work, from " +
    "the artifact alone. The service's log has the reason.",
);

const HISTORIES_DOWN = new PageProblem(
  STATUS_CODE.ServiceUnavailable,
  "What users did until training can't be read now. Lists still work, from what the store has " +
    "received. The service's log has the reason.",
);

const FORGED = new PageProblem(
  STATUS_CODE.Forbidden,
  "The form didn't come from a page of this service. Open the page again and send it from there.",
);

const FAILED = new PageProblem(
  STATUS_CODE.InternalServerError,
  "The page couldn't be made; the error was logged.",
);

/** Says what went wrong. Bugs are logged, and visitors learn no details. */
export function showProblem(context: Context<PageEnvironment>, error: Error): Promise<Response> {
  const problem = problemOf(error) ?? FAILED;
  if (problem === FAILED) console.error(`Cannot answer ${context.req.routePath}:`, error);
  return showPage(context, {
    title: problem.title,
    status: problem.status,
    body: (
      <>
        <h1>{problem.title}</h1>
        <p role="alert">{problem.message}</p>
      </>
    ),
  });
}

function problemOf(error: Error): PageProblem | undefined {
  if (error instanceof PageProblem) return error;
  if (error instanceof StoreError) return STORE_DOWN;
  if (error instanceof HistoriesError) return HISTORIES_DOWN;
  if (error instanceof ProblemError) {
    return new PageProblem(error.problem.status, error.problem.detail);
  }
  const isForged = error instanceof HTTPException && error.status === STATUS_CODE.Forbidden;
  return isForged ? FORGED : undefined;
}
