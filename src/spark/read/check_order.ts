import { InputError } from "../../base/input_error.ts";
import type { SparkSession } from "../connect/session.ts";

/** What a plan of Sail says of files that several threads read in pieces. */
const PIECES = /file_groups=\{(?:[2-9]|\d{2,}) groups/;

/**
 * Checks that a server numbers the rows of a file in their order. Spark does. Sail does if one
 * thread reads the file: of several, an idle one takes over another's piece, and its rows get the
 * numbers of the first piece.
 *
 * @param view The table of the file's rows.
 * @throws {InputError} If several threads read it.
 */
export async function checkOrder(
  { server, rows }: Pick<SparkSession, "server" | "rows">,
  view: string,
  path: string,
): Promise<void> {
  if (server.name === "Spark") return;
  const plans = await rows<{ plan: string }>(`read ${path}`, `EXPLAIN SELECT * FROM ${view}`);
  if (!plans.some(({ plan }) => PIECES.test(plan))) return;
  throw new InputError(
    `Cannot read ${path}: this Sail server reads it in several threads and mixes up the order of ` +
      "its rows; start the server with SAIL_EXECUTION__DEFAULT_PARALLELISM=1, as deno task " +
      "spark:up does",
  );
}
