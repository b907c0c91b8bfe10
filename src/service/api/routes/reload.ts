import { InputError } from "../../../base/input_error.ts";
import { STATUS_CODE } from "../../../base/std/http.ts";
import { ProblemError } from "../../http/problem.ts";
import { reloadAnswer } from "../../schema/answers.ts";
import { fresh } from "../content.ts";
import { defineRoute } from "../route.ts";

/** `POST /admin/reload`: serves the current artifact and placements, unless they are invalid. */
export const reload = defineRoute({
  method: "POST",
  path: "/admin/reload",
  access: "manage",
  summary: "Serve the current artifact and placements; invalid ones are refused",
  answers: fresh("The version served now, and the one before", reloadAnswer),
  isServed: ({ reload }) => reload !== undefined,
  async handle(_, { reload }) {
    if (!reload) throw new TypeError("Cannot reload: the handler was created without `reload`");
    try {
      return await reload();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new ProblemError({ status: STATUS_CODE.Conflict, detail: error.message });
    }
  },
});
