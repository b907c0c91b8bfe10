import { InputError } from "../base/input_error.ts";
import { ProblemError } from "../service/http/problem.ts";
import { readQuery } from "../service/http/parameters.ts";
import { batchQuery } from "../service/schema/lists.ts";
import type { BatchOptions } from "./messages.ts";

/**
 * The options of lists that a query has.
 *
 * @param models The names of the artifact's models, and of its default one.
 * @throws {InputError} If the query breaks a rule of the API.
 */
export function readBatchQuery(
  query: string,
  models: { readonly names: readonly string[]; readonly defaultName: string },
): BatchOptions {
  try {
    return readQuery(new URLSearchParams(query), batchQuery(models));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new InputError(`Cannot make lists with --query ${query}: ${error.problem.detail}`);
  }
}
