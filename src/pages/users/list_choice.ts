import type { Query } from "../visit/ask.ts";

/** Most lists that are shown side by side. */
export const MOST_COLUMNS = 3;

/** The controls of a user's page, as its address has them; the API checks their values. */
export interface ListChoice {
  /** The models whose lists are shown side by side: one to three. */
  readonly models: readonly string[];
  /** Whether each product's reasons are asked for. */
  readonly explain: boolean;
  /** The other parameters of a list; empty ones are defaults. */
  readonly options: Query;
}

/** The parameters of lists that the controls set, besides the model. */
const OPTIONS = [
  "k",
  "exclude",
  "diversity",
  "calibration",
  "brand",
  "category",
  "minPrice",
  "maxPrice",
];

/**
 * Reads the controls from an address. A form without scripts sends empty fields, and one field for
 * each column.
 *
 * @param served The models of the artifact, and which one answers by default.
 */
export function readChoice(
  query: URLSearchParams,
  served: { readonly names: readonly string[]; readonly defaultName: string },
): ListChoice {
  const chosen = [...new Set(query.getAll("model").filter((name) => name !== ""))];
  return {
    models: chosen.length > 0 ? chosen.slice(0, MOST_COLUMNS) : [served.defaultName],
    explain: !query.has("plain"),
    options: {
      ...Object.fromEntries(OPTIONS.map((name) => [name, query.get(name)?.trim() || undefined])),
      not: query.get("not")?.split(",").map((id) => id.trim()),
    },
  };
}

/** The query of the request for one model's list. */
export function queryOf({ options, explain }: ListChoice, model: string): Query {
  return { model, ...options, explain: explain ? "true" : undefined };
}
